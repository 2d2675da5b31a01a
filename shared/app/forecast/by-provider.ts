import type { ProviderRun } from "../../domain/simulation/run-provider.ts";
import { firstFullDay, mean, quantile, sum } from "../../domain/simulation/score.ts";
import { dayAfter, type UtcDay } from "../../domain/utc-day.ts";

/** How a warm-up may go at one provider. */
export interface ProviderForecast {
  readonly provider: string;
  /** Recipients on the average day. */
  readonly mailPerDay: number;
  /**
   * The third day with mail in a row on which 95 % of it was carried by the warming IPs; undefined where that many of
   * the seeds never get there.
   */
  readonly carriedOn: {
    readonly p10?: UtcDay | undefined;
    readonly median?: UtcDay | undefined;
    readonly p90?: UtcDay | undefined;
  };
  /** Part of the seeds that never get there within the days. */
  readonly never: number;
  /** Part of all mail that the warming IPs carry, a fraction; mean. */
  readonly warmingShare: number;
  /** Days with refusals; mean. */
  readonly daysWithRefusals: number;
}

/** @param runs - of this provider, one for each seed */
export function providerForecast(provider: string, runs: readonly ProviderRun[], start: UtcDay): ProviderForecast {
  const mail = sum(runs[0]?.demand ?? []);
  const days = runs[0]?.demand.length ?? 1;
  const carried = runs.map((run) => carriedDay(run) ?? Number.POSITIVE_INFINITY);
  const dateAt = (q: number): UtcDay | undefined => {
    const day = quantile(carried, q);
    return Number.isFinite(day) ? dayAfter(start, day - 1) : undefined;
  };
  return {
    provider,
    mailPerDay: Math.round(mail / days),
    carriedOn: { p10: dateAt(0.1), median: dateAt(0.5), p90: dateAt(0.9) },
    never: mean(carried.map((day) => (Number.isFinite(day) ? 0 : 1))),
    warmingShare: mail === 0 ? 0 : mean(runs.map(({ accepted }) => sum(accepted) / mail)),
    daysWithRefusals: mean(runs.map(({ deferred, blocked }) => refusedDays(deferred, blocked))),
  };
}

const daysInRow = 3;

/** Days without mail neither count nor break the row. @returns a day from 1 */
function carriedDay({ demand, accepted }: ProviderRun): number | undefined {
  const withMail = [...demand.keys()].filter((index) => (demand[index] ?? 0) > 0);
  const of = (counts: Float64Array): number[] => withMail.map((index) => counts[index] ?? 0);
  const first = firstFullDay(of(demand), of(accepted));
  if (first === undefined) return undefined;
  const third = withMail[first - 1 + daysInRow - 1];
  return third === undefined ? undefined : third + 1;
}

function refusedDays(deferred: Float64Array, blocked: Float64Array): number {
  return deferred.reduce((count, each, index) => count + (each + (blocked[index] ?? 0) > 0 ? 1 : 0), 0);
}
