import { dayAfter, dayNumber, type UtcDay } from "../utc-day.ts";
import { type History, trailing } from "./history.ts";
import { planAt, type WarmUpPlan } from "./plan.ts";
import type { RampDecision } from "./ramp-decision.ts";

export interface GovernorFacts {
  readonly day: UtcDay;
  /** Established IPs of the pool, at least 1. */
  readonly ips: number;
  /** All closed days of the pool at this provider, those of its warm-up too. */
  readonly history: History;
  /** Why nothing may grow, in words. */
  readonly hold?: string | undefined;
}

/**
 * The bound of a day on established IPs: no more than a multiple of the highest of the last days at this provider, so
 * that volume never jumps (guide rows 19, 20), and never above the target. Idle time lowers what counts as the highest,
 * in the plan's steps, so that a pool that slept warms up again from part of its level. A provider without recent mail
 * starts as a warm-up does.
 */
export function governedAllowance(plan: WarmUpPlan, provider: string, facts: GovernorFacts): RampDecision {
  const { startPerIp, targetPerIp, share } = planAt(plan, provider);
  const target = targetPerIp * facts.ips;
  const start = Math.min(
    target,
    Math.max(1, Math.floor(startPerIp * (plan.table === undefined ? 1 : share) * facts.ips)),
  );
  const within = (volume: number): number => Math.min(target, Math.max(start, Math.floor(volume)));
  const idle = idleLevel(plan, facts);
  if (idle !== undefined) {
    const why = `${idle.days} days without mail: ${idle.keep * 100} % of ${idle.peak} are kept`;
    return { allowance: within(idle.peak * idle.keep), rule: "cooled", why };
  }
  const peak = highest(trailing(facts.history, facts.day, plan.governorDays));
  if (facts.hold !== undefined) return { allowance: within(peak), rule: "held", why: facts.hold };
  const why = `at most ${plan.governorGrowth} times the highest of the last ${plan.governorDays} days (${peak})`;
  return { allowance: within(peak * plan.governorGrowth), rule: "governed", why };
}

/** Recipients of the highest day by the pool's own IPs. */
function highest(history: History): number {
  return Math.max(0, ...history.map(({ used, established }) => used + established));
}

function idleLevel(
  plan: WarmUpPlan,
  { day, history }: GovernorFacts,
): { readonly days: number; readonly keep: number; readonly peak: number } | undefined {
  const last = history.findLast(({ used, established }) => used + established > 0);
  if (last === undefined) return undefined;
  const days = dayNumber(day) - dayNumber(last.day) - 1;
  const step = plan.cooling.findLast(({ afterDays }) => days >= afterDays);
  if (step === undefined) return undefined;
  return { days, keep: step.keep, peak: highest(trailing(history, dayAfter(last.day, 1), plan.governorDays)) };
}
