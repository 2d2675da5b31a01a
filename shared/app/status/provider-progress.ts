import type { Pool } from "../../domain/routing/pool.ts";
import { dayAfter, type UtcDay } from "../../domain/utc-day.ts";
import type { History } from "../../domain/warm-up/history.ts";
import { type LifeCycle, providerLifeCycle } from "../../domain/warm-up/life-cycle.ts";
import { planAt } from "../../domain/warm-up/plan.ts";
import type { RampRule } from "../../domain/warm-up/ramp-decision.ts";
import { isGrowing, takesLong } from "../../domain/warm-up/takes-long.ts";
import { byText } from "./by-text.ts";
import type { DecidedAllowance } from "./decided-allowances.ts";
import { daysToGraduation } from "./forecast.ts";

/** How far a pool's warm-up is at one provider. Recipients a day, over all the pool's warming IPs. */
export interface ProviderProgress {
  readonly provider: string;
  readonly paused: boolean;
  readonly graduatedOn?: UtcDay | undefined;
  /** It took longer than the plan's `maxDays` so far: no allowance changes by that, somebody should look. */
  readonly takesLong: boolean;
  /** What it may carry now; 0 when nothing is open. */
  readonly level: number;
  /** The plan's volume at which the warm-up is complete. */
  readonly target: number;
  /** Days left by the plan's growth, at the latest; none while nothing grows, and when growth never gets there. */
  readonly daysLeft?: number | undefined;
  /** The day that makes it, at the latest. */
  readonly readyOn?: UtcDay | undefined;
}

export interface ProgressFacts {
  readonly pool: Pick<Pool, "plan">;
  readonly lifeCycle: LifeCycle;
  /** Closed days by provider. */
  readonly histories: ReadonlyMap<string, History>;
  /** Today's allowances. */
  readonly decided: readonly DecidedAllowance[];
  readonly today: UtcDay;
  readonly warmingIps: number;
}

/** Progress at every provider that had mail or that an operator touched, by name. */
export function providerProgress(facts: ProgressFacts): readonly ProviderProgress[] {
  const { lifeCycle, histories, decided } = facts;
  const used = decided.filter(({ allowance }) => allowance.used > 0).map(({ decision }) => decision.provider);
  const names = new Set([...histories.keys(), ...Object.keys(lifeCycle.providers), ...used]);
  return [...names].toSorted(byText).map((provider) => progressAt(facts, provider));
}

function progressAt(facts: ProgressFacts, provider: string): ProviderProgress {
  const { pool, lifeCycle, today, warmingIps: ips } = facts;
  const { paused, graduatedOn } = providerLifeCycle(lifeCycle, provider);
  const openToday = openAt(facts, provider);
  const limits = planAt(pool.plan, provider);
  const left = (): number | undefined =>
    daysToGraduation({
      plan: pool.plan,
      provider,
      today,
      ips,
      history: daysInForce(facts, provider),
      openToday: rampedAt(facts, provider),
    });
  const daysLeft = isGrowing(lifeCycle, provider, ips) ? left() : undefined;
  return {
    provider,
    paused,
    graduatedOn,
    level: openToday ?? 0,
    takesLong: takesLong(pool.plan, provider, lifeCycle, { closedDays: daysInForce(facts, provider).length, ips }),
    target: limits.targetPerIp * ips,
    daysLeft,
    readyOn: daysLeft === undefined ? undefined : dayAfter(today, daysLeft),
  };
}

/** Today's allowance of the warming IPs, where it is open. */
function openAt(facts: Pick<ProgressFacts, "decided">, provider: string): number | undefined {
  return warmingAt(facts, provider)?.allowance.limit;
}

/** Rules by which an allowance follows an operator's word, and tells nothing of the warm-up. */
const byWord: ReadonlySet<string> = new Set<RampRule>(["paused", "by-hand", "no-ips"]);

/** Today's allowance of the warming IPs, where the ramp decided it from the plan. */
export function rampedAt(facts: Pick<ProgressFacts, "decided">, provider: string): number | undefined {
  const found = warmingAt(facts, provider);
  return found === undefined || byWord.has(found.decision.rule) ? undefined : found.allowance.limit;
}

function warmingAt({ decided }: Pick<ProgressFacts, "decided">, provider: string): DecidedAllowance | undefined {
  return decided.find(({ decision }) => decision.route === "warming" && decision.provider === provider);
}

/** Closed days of the warm-up in force: those before a restart are forgotten. */
export function daysInForce(
  { lifeCycle, histories }: Pick<ProgressFacts, "lifeCycle" | "histories">,
  provider: string,
): History {
  const since = [lifeCycle.since ?? "", providerLifeCycle(lifeCycle, provider).since ?? ""];
  return (histories.get(provider) ?? []).filter(({ day }) => since.every((start) => day >= start));
}
