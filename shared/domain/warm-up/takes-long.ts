import { historyDays } from "./history.ts";
import { type LifeCycle, providerLifeCycle } from "./life-cycle.ts";
import { planAt, type WarmUpPlan } from "./plan.ts";

/**
 * Whether a provider's warm-up goes on and took longer so far than its plan says. No allowance changes by that: somebody
 * should look.
 * @param closedDays - of the warm-up in force; a history has 60 at most
 * @param ips - warming IPs of the pool
 */
export function takesLong(
  plan: WarmUpPlan,
  provider: string,
  lifeCycle: LifeCycle,
  { closedDays, ips }: { readonly closedDays: number; readonly ips: number },
): boolean {
  return isGrowing(lifeCycle, provider, ips) && closedDays >= Math.min(historyDays, planAt(plan, provider).maxDays);
}

/** Whether a provider's warm-up goes on: begun, not complete, and nothing stops it. */
export function isGrowing(lifeCycle: LifeCycle, provider: string, ips: number): boolean {
  const { paused, graduatedOn } = providerLifeCycle(lifeCycle, provider);
  const isStopped = lifeCycle.paused || paused || lifeCycle.disabled || lifeCycle.holds.length > 0;
  return lifeCycle.phase === "warming" && graduatedOn === undefined && !isStopped && ips > 0;
}
