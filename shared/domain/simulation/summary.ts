import type { PoorList } from "./poor-list.ts";
import type { Recovery } from "./recovery.ts";
import { mean, quantile, type SeedScore, standardError } from "./score.ts";

/** Figures of one policy over many seeds. Fractions unless said. */
export interface Summary {
  /** In days; a run that is never full counts as the day after its last. */
  readonly daysToFull: { readonly median: number; readonly p90: number };
  readonly neverFull: number;
  readonly dedicatedShare: number;
  /** Recipients deferred or blocked per 10,000 of demand. */
  readonly badPer10k: number;
  /** Days with blocked mail at one provider: at each, 95 % of the runs have no more. The highest provider's. */
  readonly blockDaysP95: number;
  /** Ratio of the two means, on the same seeds. */
  readonly shareOfOracle: number;
  /** (Provider, day) pairs with blocked mail, mean per run. */
  readonly blockDays: number;
  readonly oracleDaysToFull: { readonly median: number; readonly p90: number };
  readonly standardErrors: {
    readonly neverFull: number;
    readonly dedicatedShare: number;
    readonly badPer10k: number;
    readonly shareOfOracle: number;
  };
}

/** @param oracle - of the same seeds, in the same order */
export function summarize(scores: readonly SeedScore[], oracle: readonly SeedScore[]): Summary {
  const shares = scores.map(({ share }) => share);
  const bad = scores.map(({ badPer10k }) => badPer10k);
  const never = scores.map((score) => (score.never ? 1 : 0));
  const oracleShares = oracle.map(({ share }) => share);
  const ratio = mean(shares) / mean(oracleShares);
  const providers = scores[0]?.blockDays.map((_, index) => scores.map(({ blockDays }) => blockDays[index] ?? 0)) ?? [];
  // The error of a ratio of paired means, to first order.
  const residuals = shares.map((share, index) => share - ratio * (oracleShares[index] ?? 0));
  return {
    daysToFull: days(scores),
    neverFull: mean(never),
    dedicatedShare: mean(shares),
    badPer10k: mean(bad),
    blockDaysP95: Math.max(0, ...providers.map((counts) => quantile(counts, 0.95))),
    shareOfOracle: ratio,
    blockDays: providers.reduce((total, counts) => total + mean(counts), 0),
    oracleDaysToFull: days(oracle),
    standardErrors: {
      neverFull: standardError(never),
      dedicatedShare: standardError(shares),
      badPer10k: standardError(bad),
      shareOfOracle: standardError(residuals) / mean(oracleShares),
    },
  };
}

function days(scores: readonly SeedScore[]): { readonly median: number; readonly p90: number } {
  const all = scores.map(({ daysToFull }) => daysToFull);
  return { median: quantile(all, 0.5), p90: quantile(all, 0.9) };
}

/** How policies get over a planned shock: over all seeds and providers that had one. */
export interface RecoverySummary {
  readonly recoveryDays: { readonly median: number; readonly p90: number };
  /** In the 14 days from the shock on, mean. */
  readonly badPer10kAfterShock: number;
  /** (Seed, provider) pairs that were hit: where the policy carried what the oracle did. */
  readonly shocks: number;
}

export function summarizeRecovery(recoveries: readonly (Recovery | undefined)[]): RecoverySummary {
  const known = recoveries.filter((each) => each !== undefined);
  const all = known.flatMap((each) => each.days);
  return {
    recoveryDays: { median: quantile(all, 0.5), p90: quantile(all, 0.9) },
    badPer10kAfterShock: mean(known.map(({ badPer10k }) => badPer10k)),
    shocks: all.length,
  };
}

/** How policies answer a list that complains. */
export interface PoorListSummary {
  readonly growthStopsAfterDays: { readonly median: number; readonly p90: number };
  /** Part of the runs in which a later day's volume passes that of the second day after it can be known. */
  readonly volumeGrows: number;
  /** Runs in which complaints became enough to tell. */
  readonly judged: number;
}

export function summarizePoorList(found: readonly (PoorList | undefined)[]): PoorListSummary {
  const judged = found.filter((each) => each !== undefined);
  const stops = judged.map(({ growthStopsAfterDays }) => growthStopsAfterDays);
  return {
    growthStopsAfterDays: { median: quantile(stops, 0.5), p90: quantile(stops, 0.9) },
    volumeGrows: mean(judged.map(({ volumeGrows }) => (volumeGrows ? 1 : 0))),
    judged: judged.length,
  };
}
