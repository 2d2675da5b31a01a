import type { ProviderRun } from "./run-provider.ts";

/** What one seed came to. */
export interface SeedScore {
  /** First day of three on which 95 % of all demand was accepted; the day after the last one for never. */
  readonly daysToFull: number;
  /** Whether there was no such day. */
  readonly never: boolean;
  /** Accepted of all demand, a fraction. */
  readonly share: number;
  /** Deferred and blocked recipients per 10,000 of demand. */
  readonly badPer10k: number;
  /** Days with blocked mail, for each provider. */
  readonly blockDays: readonly number[];
}

const fullShare = 0.95;
const fullDays = 3;

/** The day (from 1) from which on, three days in a row, this part of the demand was accepted; undefined for never. */
export function firstFullDay(demand: ArrayLike<number>, accepted: ArrayLike<number>): number | undefined {
  let row = 0;
  for (let index = 0; index < demand.length; index += 1) {
    row = (accepted[index] ?? 0) >= fullShare * (demand[index] ?? 0) ? row + 1 : 0;
    if (row === fullDays) return index - fullDays + 2;
  }
  return undefined;
}

/** @param runs - all providers of one seed */
export function scoreSeed(runs: readonly ProviderRun[]): SeedScore {
  const demand = totals(runs.map((run) => run.demand));
  const accepted = totals(runs.map((run) => run.accepted));
  const bad = totals(runs.flatMap(({ deferred, blocked }) => [deferred, blocked]));
  const first = firstFullDay(demand, accepted);
  return {
    daysToFull: first ?? demand.length + 1,
    never: first === undefined,
    share: sum(accepted) / sum(demand),
    badPer10k: (10_000 * sum(bad)) / sum(demand),
    blockDays: runs.map(({ blocked }) => blocked.reduce((count, each) => count + (each > 0 ? 1 : 0), 0)),
  };
}

/** Day by day, over several providers. */
export function totals(rows: readonly Float64Array[]): Float64Array {
  return Float64Array.from({ length: rows[0]?.length ?? 0 }, (_, day) =>
    rows.reduce((total, row) => total + (row[day] ?? 0), 0),
  );
}

/** A quantile of a list: the entry at floor(q (n - 1)) of the sorted list. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
}

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index += 1) total += values[index] ?? 0;
  return total;
}

export const mean = (values: readonly number[]): number => sum(values) / Math.max(1, values.length);

/** Standard error of the mean. */
export function standardError(values: readonly number[]): number {
  const middle = mean(values);
  const squares = sum(values.map((value) => (value - middle) ** 2));
  return Math.sqrt(squares / Math.max(1, values.length - 1) / Math.max(1, values.length));
}
