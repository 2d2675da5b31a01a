import { type OutcomeCounts, type OutcomeReading, totalOutcomes } from "../../domain/feedback/outcome-counts.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { OutcomeStore } from "../../ports/outcome-store.ts";
import { type DecidedAllowancePorts, decidedAllowances } from "./decided-allowances.ts";

export interface AllowancePorts extends DecidedAllowancePorts {
  readonly outcomes: Pick<OutcomeStore, "read">;
}

/** Which allowances to list. */
export interface AllowanceRange {
  readonly pools: readonly string[];
  /** First and last UTC day, both included. */
  readonly from: UtcDay;
  readonly to: UtcDay;
  /** Providers that mail was for: theirs are listed although nothing of them was used. */
  readonly demanded: ReadonlySet<string>;
}

/** How the allowance of one pool's warming IPs at one provider went on one day. All volumes are recipients. */
export interface AllowanceOfDay {
  readonly pool: string;
  readonly provider: string;
  readonly day: UtcDay;
  readonly allowance: number;
  readonly used: number;
  readonly deferred: number;
  readonly blocked: number;
  /** The ramp's rule behind the allowance. */
  readonly decision: string;
}

/** The allowances of warming IPs in a range of days that were used or in demand, by pool, then by day. */
export async function readAllowances(ports: AllowancePorts, range: AllowanceRange): Promise<readonly AllowanceOfDay[]> {
  const byPool = await Promise.all(range.pools.map((pool) => readPool(ports, range, pool)));
  return byPool.flat();
}

async function readPool(
  ports: AllowancePorts,
  { from, to, demanded }: AllowanceRange,
  pool: string,
): Promise<readonly AllowanceOfDay[]> {
  const decided = await decidedAllowances(ports, pool, from, to);
  const listed = decided.filter(
    ({ decision: { route, provider }, allowance }) =>
      route === "warming" && (allowance.used > 0 || demanded.has(provider)),
  );
  const days = [...new Set(listed.map(({ decision }) => decision.day))];
  const outcomes = (await Promise.all(days.map((day) => ports.outcomes.read(pool, day)))).flat();
  return listed.map(({ decision: { provider, day, rule }, allowance: { limit, used } }) => {
    const { deferred, blocked } = refusals(outcomes, provider, day);
    return { pool, provider, day, allowance: limit, used, deferred, blocked, decision: rule };
  });
}

function refusals(outcomes: readonly OutcomeReading[], provider: string, day: UtcDay): OutcomeCounts {
  return totalOutcomes(outcomes, (key) => key.route === "warming" && key.provider === provider && key.day === day);
}
