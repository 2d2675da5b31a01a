import { KnownAnswers } from "../../../shared/app/brakes/known-answers.ts";
import { applyFeedback, type FeedbackPorts } from "../../../shared/app/feedback/apply-feedback.ts";
import { parseSesEvent, type SesEvent } from "../../../shared/contracts/ses-event.ts";
import { allowanceAt, today } from "../../support/builders.ts";
import { TestFeedback } from "../../support/feedback.ts";
import { type Benchmark, check, type Findings } from "../benchmark.ts";
import { round } from "../statistics.ts";
import { CountedOutcomes } from "./counted-outcomes.ts";
import { type DayOfEvents, dayOfEvents, pools, providers } from "./day.ts";
import { type Batch, batchesOf } from "./order.ts";
import { countedLines, referenceCounts } from "./reference.ts";
import { batchOf, sesEvent } from "./ses-event.ts";

export const benchmark: Benchmark = {
  what: "SES events of one day through the feedback use case, batches of 100, stores in memory",
  size: 1_000_000,
  bars: [{ figure: "writesPerEvent", atMost: 0.05 }],
  run: fold,
};

/** Mail a dispatcher batch of the day sent. */
const sentTogether = Array.from({ length: 25 }, (_, position) => position);

async function fold(events: number): Promise<Findings> {
  const ours = await foldDay(dayOfEvents(events), false);
  const withoutRefusals = await foldDay(dayOfEvents(events, false), false);
  const shuffledOverDay = await foldDay(dayOfEvents(Math.ceil(events / 10)), true);
  const parsedPerSecond = parsePace(Math.min(20_000, events));
  return {
    ours: { ...ours, withoutRefusals, shuffledOverDay, parsedPerSecond },
    peer: { writesPerEvent: 1, writeUnitsPerEvent: 1 },
    ratio: {
      writes: round(1 / ours.writesPerEvent),
      writeUnits: round(1 / ours.writeUnitsPerEvent),
    },
    rounds: 1,
  };
}

async function foldDay(day: DayOfEvents, overDay: boolean) {
  const count = day.message.length;
  const feedback = new TestFeedback();
  const outcomes = new CountedOutcomes();
  const counter = new WriteCounter();
  const ports: FeedbackPorts = {
    ...feedback.ports,
    outcomes,
    knownAnswers: new KnownAnswers(outcomes),
    brakes: counter.over("brakes", feedback.brakes, ["keep"]),
    allowances: counter.over("allowances", feedback.allowances, ["setBrake"]),
    audit: counter.over("audit", feedback.audit, ["keep"]),
    proofs: counter.over("proofs", feedback.proofs, ["add"]),
    deadAddresses: counter.over("deadAddresses", feedback.deadAddresses, ["add"]),
  };
  await prepare(feedback, day);
  let cpuUs = 0;
  for (const batch of batchesOf(day, overDay)) {
    const read = readBatch(day, batch);
    feedback.clock.atMs = batch.atMs;
    const before = process.cpuUsage();
    const failed = await applyFeedback(ports, feedback.settings, read);
    const { user, system } = process.cpuUsage(before);
    cpuUs += user + system;
    check(failed.size === 0, `${failed.size} events were not worked`);
    feedback.log.lines.length = 0;
  }
  await compareState(outcomes, day);
  const writes = { outcomes: outcomes.writes, ...counter.writes };
  const others = Object.values(counter.writes).reduce((sum, each) => sum + each, 0);
  return {
    eventsPerSecond: Math.round(count / (cpuUs / 1e6)),
    writesPerEvent: round((outcomes.writes + others) / count),
    writeUnitsPerEvent: round((outcomes.writeUnits + others) / count),
    brakeReadUnitsPerEvent: round(outcomes.readUnits / count),
    writes,
  };
}

/** Receipts of everything that was sent, and an allowance for each provider. */
async function prepare({ receipts, allowances }: TestFeedback, { messages }: DayOfEvents): Promise<void> {
  for (let first = 0; first < messages; first += sentTogether.length) {
    await receipts.put({ batch: batchOf(first), sent: sentTogether, unknown: [] });
  }
  for (const { pool } of pools) {
    for (const { provider } of providers) allowances.grant(allowanceAt(provider, "warming", pool), 1_000_000);
  }
}

function readBatch(day: DayOfEvents, { events }: Batch): Map<string, SesEvent> {
  return new Map(events.map((n, index) => [`r${index}`, sesEvent(day, n)]));
}

/** @throws when a count differs from the reference */
async function compareState(outcomes: CountedOutcomes, day: DayOfEvents): Promise<void> {
  const readings = await Promise.all(pools.map(({ pool }) => outcomes.read(pool, today)));
  const found = countedLines(readings.flat());
  const wanted = referenceCounts(day);
  const differs = wanted.find((line, index) => line !== found[index]);
  check(
    differs === undefined && found.length === wanted.length,
    `the state differs from the reference at ${differs ?? "its end"}`,
  );
}

/** Events a second that are read from a queue body: it happens before the use case. */
function parsePace(events: number): number {
  const day = dayOfEvents(events);
  const bodies = Array.from({ length: events }, (_, n) => {
    const event = sesEvent(day, n);
    const timestamp = new Date(event.mail.timestamp ?? 0).toISOString();
    return JSON.stringify(event, (key, value: unknown) => (key === "timestamp" ? timestamp : value));
  });
  const before = process.cpuUsage();
  for (const body of bodies) parseSesEvent(body);
  const { user, system } = process.cpuUsage(before);
  return Math.round(events / ((user + system) / 1e6));
}

/** Counts the writing calls on ports. */
class WriteCounter {
  readonly writes: Record<string, number> = {};

  over<Port extends object>(name: string, port: Port, writing: readonly (keyof Port)[]): Port {
    this.writes[name] = 0;
    return new Proxy(port, {
      get: (target, property) => {
        if (writing.some((each) => each === property)) this.writes[name] = (this.writes[name] ?? 0) + 1;
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }
}
