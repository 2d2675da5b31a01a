type Range = readonly [low: number, high: number];

/** What is assumed of one mailbox provider before anything is drawn. Only orders of magnitude are grounded. */
export interface ProviderPrior {
  /** The key part that keeps this provider's draws apart from the others'. */
  readonly number: number;
  /** Fraction of all mail that goes to this provider. */
  readonly share: number;
  /** Capacity for an unknown IP, in recipients per day. */
  readonly startCapacity: Range;
  /** Growth of the capacity per fully used day, as a fraction. */
  readonly growth: Range;
  /** Ratio of a day's volume to the known volume from which growth counts as sudden. */
  readonly sudden: Range;
  /** Factor on the capacity after a block. */
  readonly severity: Range;
  /** Whole days that a block lasts after the day it began. */
  readonly blockDays: Range;
  /** Fraction of the capacity lost per idle day. */
  readonly decay: number;
}

/** How strict the modelled providers are. */
export type PriorName = "easy" | "mid" | "strict";

const mid = {
  gmail: {
    number: 0,
    share: 0.55,
    startCapacity: [300, 2000],
    growth: [0.25, 0.6],
    sudden: [2, 3],
    severity: [0.5, 0.7],
    blockDays: [1, 1],
    decay: 0.06,
  },
  microsoft: {
    number: 1,
    share: 0.2,
    startCapacity: [100, 1000],
    growth: [0.12, 0.35],
    sudden: [1.6, 2.5],
    severity: [0.3, 0.6],
    blockDays: [1, 3],
    decay: 0.1,
  },
  yahoo: {
    number: 2,
    share: 0.15,
    startCapacity: [200, 1500],
    growth: [0.2, 0.5],
    sudden: [1.8, 3],
    severity: [0.4, 0.7],
    blockDays: [1, 2],
    decay: 0.08,
  },
  other: {
    number: 3,
    share: 0.1,
    startCapacity: [500, 5000],
    growth: [0.3, 0.8],
    sudden: [2.5, 4],
    severity: [0.6, 0.8],
    blockDays: [1, 1],
    decay: 0.05,
  },
} as const satisfies Record<string, ProviderPrior>;

/** The providers that have a row of their own; everyone else is `other`. */
export const modelledProviders = ["gmail", "microsoft", "yahoo", "other"] as const;

const strictness = {
  easy: { startCapacity: 3, growth: 1.3 },
  mid: { startCapacity: 1, growth: 1 },
  strict: { startCapacity: 0.5, growth: 0.7 },
} as const satisfies Record<PriorName, { startCapacity: number; growth: number }>;

const scaled = ([low, high]: Range, factor: number): Range => [low * factor, high * factor];

/**
 * The assumptions about one mailbox provider.
 * @param name - how strict the providers are
 * @param provider - a mailbox provider; one without a row of its own is taken for `other`
 */
export function providerPrior(name: PriorName, provider: string): ProviderPrior {
  const row = mid[modelledProviders.find((known) => known === provider) ?? "other"];
  const factor = strictness[name];
  return {
    ...row,
    startCapacity: scaled(row.startCapacity, factor.startCapacity),
    growth: scaled(row.growth, factor.growth),
  };
}
