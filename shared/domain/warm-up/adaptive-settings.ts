import type { AdaptiveChanges, AdaptiveSettings } from "./adaptive.ts";

/**
 * The shipped constants of the adaptive ramp. Found in the simulator (`cli -- simulate`), on other seeds than those that
 * are quoted, for three priors together; docs/adr/0018-adaptive-ramp.md. None of them is measured at a mailbox provider.
 */
export const adaptiveSettings: AdaptiveSettings = {
  // Gmail names a sudden doubling as a risk; until somebody refuses, less is only slower.
  growthBeforeRefusal: 2,
  fullUse: 0.92,
  // The estimate runs ahead of the truth by its assumed growth: three quarters of it are about nine tenths of the truth.
  margin: 0.75,
  marginPerDay: 1,
  assumedGrowth: 0.43,
  optimism: 0.95,
  learning: 0.46,
  slowestGrowth: 0.16,
  fastestGrowth: 0.9,
  firstRefusalKeeps: 0.92,
  refusalKeeps: 0.94,
  // A provider's bad hour looks like a low limit; a real loss of trust shows again the next day.
  leastLeft: 0.5,
  // A provider may trust late and then fast; twelve clean, fully used days say that it does.
  overdueAfter: 12,
  overdueGain: 0.5,
  // A block costs more than it shows: about a third, then a small probe until mail is taken again.
  blockKeeps: 0.35,
  probe: 0.3,
  // NitroMTA holds from 0.5 % deferrals; what a provider always refuses comes on top.
  refusedFrom: 0.005,
  usualSpread: 1.5,
  // At its limit a provider refuses nearly everything, so the first such hour shows; 3 % refused all day long does not.
  stopsFrom: 0.1,
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
  marginPerDay: 0.667,
  assumedGrowth: 0.415,
  optimism: 1.11,
  learning: 0.11,
  slowestGrowth: 0.23,
  fastestGrowth: 0.97,
  firstRefusalKeeps: 1.13,
  refusalKeeps: 1.42,
  leastLeft: 0.34,
  overdueAfter: 11,
  overdueGain: 0.05,
  blockKeeps: 0.59,
  probe: 0.34,
  // Every refusal is a sign. Blind, refused days come in rows: their lowest share is no noise.
  refusedFrom: 0.0005,
  usualSpread: 0,
};
