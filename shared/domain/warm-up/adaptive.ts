import { type Answers, isRefused, type RefusalSettings, usualDays } from "./refusal-signs.ts";

/**
 * What the adaptive ramp goes by. Defaults and the reason of each are in adaptive-settings.ts; volumes are recipients.
 */
export interface AdaptiveSettings extends RefusalSettings {
  /** Most growth from one day to the next, a ratio, until the provider refuses for the first time. */
  readonly growthBeforeRefusal: number;
  /** Use of an allowance, a fraction, that counts as all of it. */
  readonly fullUse: number;
  /** Part of the estimated capacity that a day is allowed. */
  readonly margin: number;
  /** The same once for each day whose report is still on its way: the estimate then is of days ago. */
  readonly marginPerDay: number;
  /** Growth of the capacity per fully used day that is assumed until it is measured, a fraction. */
  readonly assumedGrowth: number;
  /** How much of the believed growth a clean day is credited with; above 1 it looks for the limit. */
  readonly optimism: number;
  /** Weight of the latest measured growth against what was believed, a fraction. */
  readonly learning: number;
  /** Bounds of the believed growth, fractions per fully used day. */
  readonly slowestGrowth: number;
  readonly fastestGrowth: number;
  /** Part of the first refused day's accepted mail that counts as capacity. */
  readonly firstRefusalKeeps: number;
  /** The same on later refused days. */
  readonly refusalKeeps: number;
  /** Part of the latest days' most accepted mail that stays after a refused day: some hours' outage is no loss of trust. */
  readonly leastLeft: number;
  /** Fully used days since a refusal after which the capacity must have grown faster than believed. */
  readonly overdueAfter: number;
  /** How much the believed growth rises with each such day more, a fraction of it. */
  readonly overdueGain: number;
  /** Part of the day's accepted mail that counts as capacity after a block began. */
  readonly blockKeeps: number;
  /** Part of the estimated capacity that a day in a block may probe with. */
  readonly probe: number;
}

/** Constants that a plan sets otherwise. */
export type AdaptiveChanges = { readonly [Name in keyof AdaptiveSettings]?: AdaptiveSettings[Name] | undefined };

/** What is believed of one provider's capacity for one IP. Recipients per day. */
export interface CapacityEstimate {
  /** Mail it would take tomorrow; undefined until it has refused once: nobody knows. */
  readonly capacity: number | undefined;
  /** Growth of the capacity per fully used day, a fraction. */
  readonly growth: number;
  /** Next allowance as long as nothing was refused. */
  readonly level: number;
  /** What was accepted on the latest refused day. */
  readonly measured: number | undefined;
  /** Fully used days since then; parts of days count as parts. */
  readonly usedSince: number;
  /** The latest day was blocked. */
  readonly blocked: boolean;
  /** Answers of the latest days, newest first; the best of them show what the provider always refuses. */
  readonly latest: readonly Answers[];
}

/** A closed day for one IP, in recipients. */
export interface CapacityFacts {
  readonly allowance: number;
  readonly offered: number;
  readonly accepted: number;
  readonly deferred: number;
  readonly blocked: number;
}

/** Before the first day. @param start - recipients of the first day */
export function unknownCapacity({ assumedGrowth }: AdaptiveSettings, start: number): CapacityEstimate {
  return {
    capacity: undefined,
    growth: assumedGrowth,
    level: start,
    measured: undefined,
    usedSince: 0,
    blocked: false,
    latest: [],
  };
}

/** One closed day further. A day without mail says nothing. */
export function learnDay(settings: AdaptiveSettings, before: CapacityEstimate, facts: CapacityFacts): CapacityEstimate {
  const { offered, deferred, blocked } = facts;
  if (offered === 0) return before;
  const latest = [{ refused: deferred + blocked, offered }, ...before.latest].slice(0, usualDays);
  const known = { ...before, latest };
  if (isRefused(settings, before, { refused: blocked, offered })) return afterBlock(settings, known, facts);
  const open = { ...known, blocked: false };
  const isBad = isRefused(settings, before, { refused: deferred + blocked, offered });
  return isBad ? afterRefusal(settings, open, facts) : afterCleanDay(settings, open, facts);
}

/** A block lasts: what was accepted before it began is the best that is known, and what it cost shows later. */
function afterBlock(settings: AdaptiveSettings, before: CapacityEstimate, facts: CapacityFacts): CapacityEstimate {
  const goesOn = before.blocked && facts.accepted < goingOn * facts.offered;
  if (goesOn) return { ...before, capacity: (before.capacity ?? facts.allowance) * restHeals };
  const known = facts.accepted > 0 ? facts.accepted : (before.capacity ?? facts.allowance / 2);
  return {
    ...before,
    capacity: Math.max(1, settings.blockKeeps * known),
    measured: undefined,
    usedSince: 0,
    blocked: true,
  };
}

/** A block goes on where less than this part is accepted. */
const goingOn = 0.1;
/** The estimate rises a little with each day of a block: it was cut for all of them at once. */
const restHeals = 1.1;

/** A refused day shows the capacity; two of them show how it grew with the mail in between. */
function afterRefusal(settings: AdaptiveSettings, before: CapacityEstimate, facts: CapacityFacts): CapacityEstimate {
  const { accepted } = facts;
  const isFirst = before.capacity === undefined;
  const growth = isFirst ? before.growth : measuredGrowth(settings, before, accepted);
  const keeps = isFirst ? settings.firstRefusalKeeps : settings.refusalKeeps;
  return {
    ...before,
    capacity: Math.max(1, accepted * keeps * (1 + growth), settings.leastLeft * mostAccepted(before.latest)),
    growth,
    measured: accepted,
    usedSince: 0,
  };
}

/** The most that was accepted on one of the latest days. */
function mostAccepted(latest: readonly Answers[]): number {
  return Math.max(0, ...latest.map(({ offered, refused }) => offered - refused));
}

/** Days of use that a growth is measured over at least. */
const fewestUsed = 0.5;
/** A refusal that cannot be measured says that the growth was believed too high. */
const doubt = 0.8;

function measuredGrowth(settings: AdaptiveSettings, before: CapacityEstimate, accepted: number): number {
  const { growth, measured, usedSince } = before;
  const { slowestGrowth, fastestGrowth, learning } = settings;
  if (measured === undefined || measured <= 0 || usedSince < fewestUsed) return Math.max(slowestGrowth, growth * doubt);
  const seen = (accepted / measured) ** (1 / usedSince) - 1;
  return Math.min(fastestGrowth, Math.max(slowestGrowth, growth + learning * (seen - growth)));
}

/** Mail that was taken makes the capacity grow, as far as it was used. */
function afterCleanDay(settings: AdaptiveSettings, before: CapacityEstimate, facts: CapacityFacts): CapacityEstimate {
  const { capacity, growth, usedSince } = before;
  const { allowance, offered, accepted } = facts;
  if (capacity === undefined) {
    const use = Math.min(1, offered / Math.max(1, allowance) / settings.fullUse);
    return { ...before, level: allowance * (1 + (settings.growthBeforeRefusal - 1) * use) };
  }
  const use = Math.min(1, accepted / Math.max(1, capacity));
  const grown = capacity * (1 + grownBy(settings, growth, usedSince) * use);
  return { ...before, capacity: Math.max(grown, accepted), usedSince: usedSince + use };
}

/** Growth that a fully used day is credited with: the longer no refusal comes, the surer the belief was too low. */
function grownBy(settings: AdaptiveSettings, growth: number, usedSince: number): number {
  const overdue = Math.max(0, usedSince - settings.overdueAfter);
  const believed = growth * settings.optimism * (1 + settings.overdueGain * overdue);
  return overdue > 0 ? Math.min(settings.fastestGrowth, believed) : believed;
}

/**
 * Recipients that the estimate allows one IP, before any other bound.
 * @param ahead - days whose reports are still on their way; what they should have added is reckoned in
 */
export function allowedBy(settings: AdaptiveSettings, estimate: CapacityEstimate, ahead = 0): number {
  const { capacity, level, blocked, growth } = estimate;
  if (capacity === undefined) return level * settings.growthBeforeRefusal ** ahead;
  const { margin, marginPerDay } = settings;
  const then = capacity * (1 + growth * margin) ** ahead;
  return blocked ? settings.probe * then : margin * marginPerDay ** ahead * then;
}
