import { type OutcomeCounts, type OutcomeReading, totalOutcomes } from "../../domain/feedback/outcome-counts.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import { type DayFacts, type History, withDay } from "../../domain/warm-up/history.ts";
import { byHandLimit } from "../../domain/warm-up/ramp.ts";
import type { AllowanceLedger, AllowanceReading } from "../../ports/allowance-ledger.ts";
import type { OutcomeStore } from "../../ports/outcome-store.ts";

export interface FactsPorts {
  readonly allowances: AllowanceLedger;
  readonly outcomes: Pick<OutcomeStore, "read">;
}

export interface ClosedDay {
  readonly pool: string;
  readonly day: UtcDay;
  readonly providers: readonly string[];
  /** Warming IPs of that day. */
  readonly ips: number;
}

/**
 * Histories with a closed day added, or brought up to date by what came in late. A provider that never had mail stays
 * out; one that had is judged by its quiet days too.
 */
export async function withClosedDay(
  { allowances, outcomes }: FactsPorts,
  histories: ReadonlyMap<string, History>,
  { pool, day, providers, ips }: ClosedDay,
): Promise<ReadonlyMap<string, History>> {
  const keys = providers.flatMap((provider) => [
    { pool, route: "warming" as const, provider, day },
    { pool, route: "established" as const, provider, day },
  ]);
  const [readings, counts] = await Promise.all([allowances.read(keys), outcomes.read(pool, day)]);
  const byProvider = new Map(histories);
  for (const provider of providers) {
    const history = histories.get(provider);
    // A day that was closed before keeps the number of IPs it had.
    const own = history?.find((each) => each.day === day)?.ips ?? ips;
    const facts = factsOf(provider, { day, ips: own, readings, counts });
    if (facts === undefined || (history === undefined && !hadMail(facts))) continue;
    byProvider.set(provider, withDay(history ?? [], facts));
  }
  return byProvider;
}

interface Read {
  readonly day: UtcDay;
  readonly ips: number;
  readonly readings: readonly AllowanceReading[];
  readonly counts: readonly OutcomeReading[];
}

/** Undefined when the provider had no allowance that day, or one of nothing (paused): such a day says nothing. */
function factsOf(provider: string, { day, ips, readings, counts }: Read): DayFacts | undefined {
  const reading = (route: string) =>
    readings.find(({ key }) => key.provider === provider && key.route === route)?.allowance;
  const count = (route: string): OutcomeCounts =>
    totalOutcomes(counts, (key) => key.provider === provider && key.route === route);
  const warming = reading("warming");
  const established = reading("established");
  // A limit that was cut below what is used, or to nothing by a pause, leaves a day of what was used.
  const allowed = Math.max(warming?.limit ?? 0, warming?.used ?? 0);
  if (allowed === 0 && established === undefined) return undefined;
  const refused = count("warming");
  return {
    day,
    ips: Math.max(1, ips),
    // A day by hand was limited by nothing: what was sent is the level that was reached.
    allowance: allowed >= byHandLimit ? (warming?.used ?? 0) : allowed,
    used: warming?.used ?? 0,
    deferred: refused.deferred,
    blocked: refused.blocked,
    complained: refused.complained,
    established: established?.used ?? 0,
    // The control keeps off warming IPs by chance, not for want of room.
    shared: totalOutcomes(counts, (key) => key.provider === provider && key.route === "shared" && key.arm !== "control")
      .accepted,
    braked: warming?.brake !== undefined,
  };
}

function hadMail({ used, established, shared, deferred, blocked }: DayFacts): boolean {
  return used + established + shared + deferred + blocked > 0;
}
