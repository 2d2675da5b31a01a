import { DynamoAllowanceLedger } from "../../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoHeldMail } from "../../../shared/adapters/dynamo/held-mail.ts";
import { DynamoOutcomeStore } from "../../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoRampRecord } from "../../../shared/adapters/dynamo/ramp-record.ts";
import { DynamoSetAsideStore } from "../../../shared/adapters/dynamo/set-aside-store.ts";
import { type AllowanceOfDay, readAllowances } from "../../../shared/app/status/read-allowances.ts";
import type { Configuration } from "../../../shared/contracts/configuration.ts";
import { type UtcDay, utcDay } from "../../../shared/domain/utc-day.ts";
import type { OutboxEntry } from "../engines/ses/outbox.ts";
import type { LocalSystem } from "../local-system.ts";
import { type Limits, limitAt, nameOf } from "./limits-in-force.ts";

/** What a run of built-in traffic came to. Counts are messages; of allowances, recipients. */
export interface Summary {
  readonly days: number;
  readonly accepted: number;
  readonly sent: number;
  readonly byRoute: { readonly warming: number; readonly established: number; readonly shared: number };
  readonly held: number;
  readonly quarantined: number;
  readonly unknown: number;
  /** Recipients that left by warming IPs above the limit in force when they were sent. */
  readonly overAllowance: number;
  readonly allowances: readonly AllowanceOfDay[];
}

export interface SummaryInput {
  readonly days: number;
  readonly accepted: number;
  /** First and last moment of the run, epoch ms. */
  readonly startMs: number;
  readonly endMs: number;
}

/** Counts what really left, from the mail engine's outbox, and holds it against the allowances in the tables. */
export async function summarize(
  system: LocalSystem,
  configuration: Configuration,
  { days, accepted, startMs, endMs }: SummaryInput,
): Promise<Summary> {
  const outbox = allSent(system);
  const byId = new Map(outbox.map((entry) => [entry.id, entry]));
  const range = { from: utcDay(startMs), to: utcDay(endMs - 1) };
  const allowances = await warmingAllowances(system, Object.keys(configuration.pools), range, outbox);
  const held = new DynamoHeldMail(system.clients.tables, system.name("AWS::DynamoDB::GlobalTable", "HeldTable"));
  const heldByPool = await Promise.all([...Object.keys(configuration.pools), "shared"].map((pool) => held.count(pool)));
  const on = (route: string): number => [...byId.values()].filter(({ tags }) => tags["sw-route"] === route).length;
  const parked = system.queueState("ParkedQueue");
  return {
    days,
    accepted,
    sent: byId.size,
    byRoute: { warming: on("warming"), established: on("established"), shared: on("shared") },
    held: heldByPool.reduce((sum, count) => sum + count, 0),
    quarantined: await quarantined(system),
    unknown: parked.visible + parked.inFlight + parked.delayed,
    overAllowance: overAllowance(outbox, allowances, system.limits()),
    allowances,
  };
}

/** Mail in quarantine: on its list, and what is still on the way there. */
async function quarantined(system: LocalSystem): Promise<number> {
  const { visible, inFlight } = system.queueState("QuarantineQueue");
  const table = system.name("AWS::DynamoDB::GlobalTable", "HeldTable");
  const listed = await new DynamoSetAsideStore(system.clients.tables, table).count("quarantine", system.clock.nowMs());
  return listed + visible + inFlight;
}

/** Allowances of warming IPs on a range of days, at the providers that any mail was for. */
export async function warmingAllowances(
  system: LocalSystem,
  pools: readonly string[],
  { from, to }: { readonly from: UtcDay; readonly to: UtcDay },
  outbox: readonly OutboxEntry[],
): Promise<readonly AllowanceOfDay[]> {
  const { tables } = system.clients;
  const table = system.name("AWS::DynamoDB::GlobalTable", "StateTable");
  const demanded = new Set(outbox.map(({ tags }) => tags["sw-provider"] ?? ""));
  return readAllowances(
    {
      record: new DynamoRampRecord(tables, table),
      allowances: new DynamoAllowanceLedger(tables, table),
      outcomes: new DynamoOutcomeStore(tables, table),
    },
    { pools, from, to, demanded },
  );
}

const pageSize = 1_000;

/** Everything the mail engine accepted, in order. */
export function allSent({ mail }: LocalSystem): OutboxEntry[] {
  const entries: OutboxEntry[] = [];
  for (let page = mail.outbox(0, pageSize); page.length > 0; page = mail.outbox(entries.length, pageSize)) {
    entries.push(...page);
  }
  return entries;
}

/**
 * Recipients that left by warming IPs above the limit that was in force when they were sent. No allowance allows none.
 * @param allowances - as they stand in the end
 */
export function overAllowance(
  outbox: readonly Pick<OutboxEntry, "tags" | "to" | "sentAtMs">[],
  allowances: readonly Pick<AllowanceOfDay, "pool" | "provider" | "day" | "allowance">[],
  limits: Limits,
): number {
  const asRead = new Map(allowances.map((each) => [nameOf(each), each.allowance]));
  const left = new Map<string, number>();
  let over = 0;
  for (const { tags, to, sentAtMs } of outbox) {
    if (tags["sw-route"] !== "warming") continue;
    const [pool = "", provider = "", day = ""] = [tags["sw-pool"], tags["sw-provider"], tags["sw-day"]];
    const name = nameOf({ pool, provider, day });
    const limit = limitAt(limits.get(name) ?? [], sentAtMs, asRead.get(name) ?? 0);
    const before = left.get(name) ?? 0;
    over += Math.min(to.length, Math.max(0, before + to.length - limit));
    left.set(name, before + to.length);
  }
  return over;
}
