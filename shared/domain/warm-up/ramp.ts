import type { ProviderPlan } from "./plan.ts";

/** Why a day's allowance is what it is; kept with the decision so that an operator can read it. */
export type RampRule = "start" | "grow" | "hold-unproven" | "hold-refused" | "target-reached" | "ips-changed";

export interface RampDecision {
  /** Recipients this pool may send to this provider on the day, over all its warming IPs. */
  readonly allowance: number;
  readonly rule: RampRule;
  readonly why: string;
}

/** What is known of the last day that had an allowance. Recipients of one (pool, provider, UTC day). */
export interface DayEvidence {
  readonly allowance: number;
  /** Recipients that were really reserved and sent; only these are progress. */
  readonly used: number;
  readonly deferred: number;
  readonly blocked: number;
}

/** Progress asks for this share of the day's allowance (Owlat grows from 80 % used). */
const provenShare = 0.8;

/** A day is refused when more than this share of what was sent was deferred or blocked (KumoMTA-style 2 %). */
const refusedShare = 0.02;

/**
 * The allowance of a new day from the plan and the last day's evidence: one step of the plan after a day that used it
 * and was not refused, the same again otherwise.
 * @param plan - per IP; multiplied by `ips` because SES spreads a pool's mail evenly over its IPs
 * @param ips - warming IPs of the pool, at least 1
 * @param last - the last day with an allowance, however long ago; undefined on the first day
 */
export function rampStep(plan: ProviderPlan, ips: number, last: DayEvidence | undefined): RampDecision {
  const target = plan.targetPerIp * ips;
  if (last === undefined) {
    const allowance = Math.min(plan.startPerIp * ips, target);
    return { allowance, rule: "start", why: `first day: ${plan.startPerIp} for each of ${ips} IPs` };
  }
  if (last.allowance > target) {
    return { allowance: target, rule: "ips-changed", why: `${ips} IPs carry at most ${target} a day` };
  }
  const held = Math.max(1, Math.min(last.allowance, target));
  const refused = last.deferred + last.blocked;
  if (refused > refusedShare * last.used && refused > 0) {
    return { allowance: held, rule: "hold-refused", why: `${refused} of ${last.used} were deferred or blocked` };
  }
  if (held >= target) return { allowance: held, rule: "target-reached", why: `the plan's target is ${target} a day` };
  if (last.used < provenShare * last.allowance) {
    return { allowance: held, rule: "hold-unproven", why: `only ${last.used} of ${last.allowance} were used` };
  }
  const grown = Math.min(target, Math.max(held + 1, Math.floor(held * plan.growthPerDay)));
  const allowance = plan.growthPerDay > 1 ? grown : held;
  return { allowance, rule: "grow", why: `${last.used} of ${last.allowance} used; one step of ${plan.growthPerDay}` };
}
