import { isDeepStrictEqual } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { DynamoOutcomeStore } from "../../../shared/adapters/dynamo/outcome-store.ts";
import { KnownAnswers } from "../../../shared/app/brakes/known-answers.ts";
import { applyBrakes } from "../../../shared/app/feedback/apply-brakes.ts";
import { adaptiveSettings } from "../../../shared/domain/warm-up/adaptive-settings.ts";
import { noonMs } from "../../support/builders.ts";
import { TestFeedback } from "../../support/feedback.ts";
import { type Benchmark, check, type Findings } from "../benchmark.ts";
import { median, round } from "../statistics.ts";
import { type CountedTable, openCountedTable, tableName } from "./counted-table.ts";
import { type Kept, twoDays } from "./two-days.ts";

export const benchmark: Benchmark = {
  what: "one judgement of a provider's brakes at noon: what is read of the local DynamoDB engine, and CPU",
  size: 1_000_000,
  bars: [
    { figure: "next.readKb", atMost: 100 },
    { figure: "next.cpuMs", atMost: 50 },
  ],
  run: judge,
};

const instances = 5;
const hourMs = 3_600_000;
/** From one batch to the next, ms. */
const batchMs = 5_000;

const refused = { pool: "news", provider: "gmail", routes: new Set(["warming"] as const) };

async function judge(messagesPerDay: number): Promise<Findings> {
  const table = await openCountedTable();
  const store = new DynamoOutcomeStore(table.client, tableName);
  const mail = twoDays(messagesPerDay, noonMs + 60_000);
  await keepUntil(store, mail, noonMs - hourMs);
  const known = Array.from({ length: instances }, () => new KnownAnswers(store));
  for (const each of known) await each.latest(refused.pool, noonMs - hourMs);
  await keepUntil(store, mail, noonMs);
  const hourLater = await costs(table, known, noonMs);
  const next = await costs(table, known, noonMs + batchMs);
  const started = known.map(() => new KnownAnswers(store));
  const heapMb = usedHeapMb();
  const first = await costs(table, started, noonMs + batchMs);
  const keptMb = round((usedHeapMb() - heapMb) / instances);
  check(await areSame([...known, ...started]), "two instances know different answers");
  await table.close();
  const all = { next, hourLater, first };
  return { ours: { ...all, keptMb }, peer: { next: first }, ratio: { next: against(first, next) }, rounds: instances };
}

async function keepUntil(store: DynamoOutcomeStore, mail: Generator<Kept>, untilMs: number): Promise<void> {
  for (;;) {
    const { value: kept, done } = mail.next();
    if (done) return;
    await store.keep({ pool: kept.pool, day: kept.day }, kept.slots, kept.atMs);
    if (kept.atMs >= untilMs) return;
  }
}

// A type, not an interface: it is printed as figures.
type Cost = {
  /** As it comes over the network. */
  readonly readKb: number;
  readonly readUnits: number;
  readonly calls: number;
  readonly cpuMs: number;
};

async function costs(table: CountedTable, instances: readonly KnownAnswers[], nowMs: number): Promise<Cost> {
  const found: Cost[] = [];
  for (const known of instances) found.push(await costOf(table, known, nowMs));
  const of = (name: keyof Cost) => round(median(found.map((cost) => cost[name])));
  return { readKb: of("readKb"), readUnits: of("readUnits"), calls: of("calls"), cpuMs: of("cpuMs") };
}

/** CPU of this thread alone: the engine has one of its own. */
async function costOf(table: CountedTable, known: KnownAnswers, nowMs: number): Promise<Cost> {
  const { ports, settings, clock } = new TestFeedback();
  clock.atMs = nowMs;
  const latestAnswers = (pool: string) => known.latest(pool, nowMs);
  table.taken();
  const before = process.threadCpuUsage();
  await applyBrakes(
    { ...ports, latestAnswers },
    { ...settings, adaptivePools: new Map([[refused.pool, adaptiveSettings]]) },
    refused,
  );
  const { user, system } = process.threadCpuUsage(before);
  const { bytes, readUnits, calls } = table.taken();
  return { readKb: bytes / 1_000, readUnits, calls, cpuMs: (user + system) / 1_000 };
}

async function areSame(instances: readonly KnownAnswers[]): Promise<boolean> {
  const found = await Promise.all(
    instances.map(async (each) => (await each.latest(refused.pool, noonMs + batchMs))(refused.provider, "warming")),
  );
  return found.every((answers) => isDeepStrictEqual(answers, found[0]));
}

function usedHeapMb(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return (process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers) / 1e6;
}

function against(peer: Cost, ours: Cost) {
  return { readKb: round(peer.readKb / ours.readKb), cpuMs: round(peer.cpuMs / ours.cpuMs) };
}
