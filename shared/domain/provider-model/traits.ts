import { within } from "./draw.ts";
import type { ProviderPrior } from "./prior.ts";

/**
 * Where the model takes its luck from: the same (purpose, day) always gives the same number.
 * @returns uniform in [0, 1)
 */
export type Chance = (purpose: number, day: number) => number;

/** Each decision has a number of its own, so that no decision shifts the luck of another. */
export const purpose = {
  startCapacity: 1,
  growth: 2,
  sudden: 3,
  severity: 4,
  hasShock: 5,
  shockDay: 6,
  complaints: 7,
  capFirst: 10,
  capSecond: 11,
  blockCoin: 12,
  blockDays: 13,
  demandFirst: 20,
  demandSecond: 21,
} as const;

/** What one provider is like towards one IP for the whole run. */
export interface ProviderTraits {
  /** Recipients per day on day 1. */
  readonly startCapacity: number;
  /** Fraction per fully used day. */
  readonly growth: number;
  /** Ratio to the known volume from which growth is sudden. */
  readonly sudden: number;
  /** Factor on the capacity after a block. */
  readonly severity: number;
  /** Day on which the capacity drops without a cause; 0 for never. */
  readonly shockDay: number;
  /** Complaints per accepted recipient, as a fraction. */
  readonly complaintRate: number;
}

/** Draws the traits, once per run, provider and IP. */
export function drawTraits(prior: ProviderPrior, chance: Chance): ProviderTraits {
  const once = (what: number): number => chance(what, 0);
  return {
    startCapacity: within(prior.startCapacity, once(purpose.startCapacity)),
    growth: within(prior.growth, once(purpose.growth)),
    sudden: within(prior.sudden, once(purpose.sudden)),
    severity: within(prior.severity, once(purpose.severity)),
    shockDay: once(purpose.hasShock) < 0.3 ? 15 + Math.floor(46 * once(purpose.shockDay)) : 0,
    complaintRate: once(purpose.complaints) < 0.1 ? 0.002 : 0.0005,
  };
}
