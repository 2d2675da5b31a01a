import type { ProviderRun } from "./run-provider.ts";
import { sum, totals } from "./score.ts";

/** How one seed got over a shock. */
export interface Recovery {
  /**
   * For each provider that was hit: days from the shock on until three days in a row, all after it, carried what the
   * oracle did. At least 2; one more than the days left for never.
   */
  readonly days: readonly number[];
  /** Deferred and blocked recipients there in the 14 days from the shock on, per 10,000 of the demand. */
  readonly badPer10k: number;
}

const trailingDays = 3;
const enough = 0.95;
const badDays = 14;

/** Whether the last three days up to a day (from 1) carried what the oracle's did. */
function keepsUp(own: ProviderRun, oracle: ProviderRun, day: number): boolean {
  const volume = ({ accepted }: ProviderRun): number => sum(accepted.subarray(Math.max(0, day - trailingDays), day));
  return volume(oracle) > 0 && volume(own) >= enough * volume(oracle);
}

interface Pair {
  readonly own: ProviderRun;
  readonly oracle: ProviderRun;
}

/** The same provider under both, in their order. */
export function pairs(own: readonly ProviderRun[], oracle: readonly ProviderRun[]): Pair[] {
  return own.flatMap((each, index) => {
    const ideal = oracle[index];
    return ideal === undefined ? [] : [{ own: each, oracle: ideal }];
  });
}

/** Providers at which a policy carries what the oracle does, just before a day: there a shock says something. */
export function providersAtFull(all: readonly Pair[], day: number): string[] {
  return all.filter(({ own, oracle }) => keepsUp(own, oracle, day - 1)).map(({ own }) => own.provider);
}

/** @param hit - what both went through at the providers that the shock came over, from its day on */
export function recoveryOf(hit: readonly Pair[], day: number): Recovery | undefined {
  if (hit.length === 0) return undefined;
  const after = (rows: readonly Float64Array[]): number => sum(totals(rows).subarray(day - 1, day - 1 + badDays));
  const bad = after(hit.flatMap(({ own }) => [own.deferred, own.blocked]));
  return {
    days: hit.map((pair) => daysUntilLevel(pair, day)),
    badPer10k: (10_000 * bad) / after(hit.map(({ own }) => own.demand)),
  };
}

function daysUntilLevel({ own, oracle }: Pair, day: number): number {
  const last = own.accepted.length;
  let days = trailingDays - 1;
  while (day + days <= last && !keepsUp(own, oracle, day + days)) days += 1;
  return days;
}
