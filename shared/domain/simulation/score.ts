import type { ProviderRun } from "./run.ts";

/** What one seed came to. */
export interface SeedScore {
  /** First day of three on which 95 % of all demand was accepted; undefined for never. */
  readonly daysToFull: number | undefined;
  /** Accepted of all demand, a fraction. */
  readonly share: number;
  /** Deferred and blocked recipients per 10,000 of demand. */
  readonly badPer10k: number;
  /** Days with blocked mail, for each provider. */
  readonly blockDays: readonly number[];
}

const fullShare = 0.95;
const fullDays = 3;

export function scoreSeed(runs: readonly ProviderRun[]): SeedScore {
  const days = runs[0]?.demand.length ?? 0;
  const sum = (of: (run: ProviderRun) => Float64Array, day: number): number =>
    runs.reduce((total, run) => total + (of(run)[day] ?? 0), 0);
  const isFull: boolean[] = [];
  let [demand, accepted, bad] = [0, 0, 0];
  for (let day = 0; day < days; day += 1) {
    const [demandToday, acceptedToday] = [sum((run) => run.demand, day), sum((run) => run.accepted, day)];
    isFull.push(acceptedToday >= fullShare * demandToday);
    demand += demandToday;
    accepted += acceptedToday;
    bad += sum((run) => run.deferred, day) + sum((run) => run.blocked, day);
  }
  const first = isFull.findIndex((_, day) => isFull.slice(day, day + fullDays).filter(Boolean).length === fullDays);
  return {
    daysToFull: first < 0 ? undefined : first + 1,
    share: accepted / demand,
    badPer10k: (10_000 * bad) / demand,
    blockDays: runs.map(({ blocked }) => blocked.reduce((count, each) => count + (each > 0 ? 1 : 0), 0)),
  };
}

/** A quantile of a list: the entry at floor(q (n - 1)) of the sorted list. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
