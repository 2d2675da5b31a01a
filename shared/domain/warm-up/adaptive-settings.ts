import type { AdaptiveChanges, AdaptiveSettings } from "./adaptive.ts";

/**
 * The shipped constants of the adaptive ramp. Found in the simulator (`cli -- simulate`), on other seeds than those that
 * are quoted, for three priors together; docs/adr/0018-adaptive-ramp.md. None of them is measured at a mailbox provider.
 */
export const adaptiveSettings: AdaptiveSettings = {
  // Gmail names a sudden doubling as a risk; until somebody refuses, less is only slower.
  growthBeforeRefusal: 2,
  fullUse: 0.92,
  // The estimate runs ahead of the truth by its assumed growth: seven tenths of it are about nine tenths of the truth.
  margin: 0.73,
  marginPerDay: 1,
  assumedGrowth: 0.43,
  optimism: 1,
  learning: 0.47,
  slowestGrowth: 0.13,
  fastestGrowth: 0.8,
  firstRefusalKeeps: 0.92,
  refusalKeeps: 0.95,
  // A block costs more than it shows: a bit more than half, then a small probe until mail is taken again.
  blockKeeps: 0.58,
  probe: 0.3,
  // NitroMTA holds from 0.5 % deferrals; what a provider always refuses comes on top.
  refusedFrom: 0.005,
  usualSpread: 1.5,
  // Within a day few answers are known: a day ends where surely more than this is refused.
  stopsFrom: 0.01,
};

/** The shipped constants with a plan's own in their place. */
export function settingsWith(changes: AdaptiveChanges = {}): AdaptiveSettings {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...adaptiveSettings, ...Object.fromEntries(given) };
}

/**
 * Where nothing of a day is seen on the day itself, each overshoot lasts until midnight: slower growth before the first
 * refusal, less margin, and an estimate that has to look further ahead.
 */
export const blindSettings: AdaptiveSettings = {
  ...adaptiveSettings,
  growthBeforeRefusal: 1.382,
  fullUse: 1.3,
  margin: 0.73,
  marginPerDay: 0.65,
  assumedGrowth: 0.44,
  optimism: 1.28,
  learning: 0.24,
  slowestGrowth: 0.2,
  fastestGrowth: 1.56,
  firstRefusalKeeps: 0.82,
  refusalKeeps: 1.38,
  blockKeeps: 0.74,
  probe: 0.34,
  // Blind, refused days come in rows: their lowest share is no noise.
  usualSpread: 0,
};
