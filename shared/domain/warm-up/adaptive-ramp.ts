import { type AdaptiveSettings, allowedBy, type CapacityEstimate, learnDay, unknownCapacity } from "./adaptive.ts";
import { complaintDays, complaintsForbidGrowth } from "./complaint-gate.ts";
import { type DayFacts, type History, refusedOn, trailing } from "./history.ts";
import type { RampDecision, RampFacts } from "./ramp-decision.ts";

/** No day more than this ratio above the one before (Gmail names a sudden doubling as a risk). */
const mostStep = 2;

export interface AdaptiveBounds {
  /** Recipients per IP on the first day, and at the most. */
  readonly startPerIp: number;
  readonly targetPerIp: number;
  /** The last allowance, for today's IPs. */
  readonly level: number;
}

/** What the closed days tell of a provider's capacity for one IP. */
function estimateOf(history: History, startPerIp: number, settings: AdaptiveSettings): CapacityEstimate {
  return history
    .filter(({ allowance }) => allowance > 0)
    .reduce((estimate, facts) => learnDay(settings, estimate, perIp(facts)), unknownCapacity(settings, startPerIp));
}

function perIp({ ips, allowance, used, deferred, blocked, ...facts }: DayFacts) {
  const accepted = Math.max(0, used - refusedOn({ ...facts, ips, allowance, used, deferred, blocked }));
  const [offered, each] = [used, Math.max(1, ips)];
  return {
    allowance: allowance / each,
    offered: offered / each,
    accepted: accepted / each,
    deferred: deferred / each,
    blocked: blocked / each,
  };
}

/**
 * The allowance of a new day from what the provider accepted and refused on the days before: twice as much until it
 * refuses for the first time, then a margin below the capacity that its refusals show. Never more than twice the day
 * before, never above the plan's target, and no growth while complaints or a hold forbid it.
 */
export function adaptiveAllowance(
  { startPerIp, targetPerIp, level }: AdaptiveBounds,
  facts: RampFacts,
  settings: AdaptiveSettings,
): RampDecision {
  const { history, ips, day } = facts;
  const estimate = estimateOf(history, startPerIp, settings);
  const wanted = Math.floor(allowedBy(settings, estimate) * ips);
  const complaints = complaintsOf(facts);
  const stays = facts.hold ?? complaints;
  const bound = stays === undefined ? mostStep * level : level;
  const allowance = Math.max(1, Math.min(wanted, bound, targetPerIp * ips));
  const pace = estimate.blocked ? "probing" : "paced";
  if (stays !== undefined && wanted >= level) {
    return { allowance, pace, rule: facts.hold === undefined ? "complaints" : "held", why: stays };
  }
  return { allowance, pace, ...reason(estimate, history, day) };
}

function reason({ capacity, growth, blocked, measured }: CapacityEstimate, history: History, day: string) {
  const last = history.findLast((facts) => facts.day < day);
  const used = last === undefined ? "" : `${last.used} of ${last.allowance} used on ${last.day}`;
  if (capacity === undefined) return { rule: "grow", why: `${used}, nothing refused yet` } as const;
  const takes = `takes about ${Math.round(capacity)} a day and IP`;
  if (blocked)
    return { rule: "after-block", why: `blocked on ${last?.day}; ${takes} after it: a probe first` } as const;
  const seen = measured === undefined ? "" : `, ${Math.round(measured)} seen on its last refused day`;
  const grows = `growing by ${Math.round(100 * growth)} % with full use`;
  return { rule: "estimated", why: `${used}; ${takes}, ${grows}${seen}` } as const;
}

/** Why complaints of the last days forbid growth, in words. */
function complaintsOf({ history, day }: RampFacts): string | undefined {
  const days = trailing(history, day, complaintDays);
  const sum = (of: (facts: DayFacts) => number): number => days.reduce((total, facts) => total + of(facts), 0);
  const [complained, used] = [sum((facts) => facts.complained), sum((facts) => facts.used)];
  return complaintsForbidGrowth(complained, used)
    ? `${complained} complaints of ${used} in ${complaintDays} days`
    : undefined;
}
