import type { Pool } from "../../domain/routing/pool.ts";
import { type UtcDay, utcDay } from "../../domain/utc-day.ts";
import type { ProviderPlanChanges, WarmUpPlan } from "../../domain/warm-up/plan.ts";
import type { Clock } from "../../ports/clock.ts";
import { byText } from "./by-text.ts";
import { type ForecastDay, nextAllowances } from "./forecast.ts";
import { daysInForce, rampedAt } from "./provider-progress.ts";
import { type PoolFacts, readPoolFacts, type WarmUpPorts } from "./read-pool-facts.ts";

export interface PlanPorts extends WarmUpPorts {
  readonly clock: Clock;
}

/** A pool's plan in force, and where it leads from here; plain JSON. */
export interface PlanInForce {
  readonly pool: string;
  readonly plan: WarmUpPlan;
  /** Only what differs from the rest of the plan. */
  readonly differs: readonly ProviderDifference[];
  /** Warming IPs that the next days are reckoned for; at least 1, also before there are any. */
  readonly ips: number;
  readonly next: readonly ProviderDays[];
}

export interface ProviderDifference {
  readonly provider: string;
  readonly changes: ProviderPlanChanges;
}

/** The next allowances at one provider, today first, if every day is used and nothing is refused. */
export interface ProviderDays {
  readonly provider: string;
  readonly days: readonly ForecastDay[];
}

export interface PlansInForce {
  readonly day: UtcDay;
  readonly pools: readonly PlanInForce[];
}

/** Stands for a provider that no plan mentions. */
const anyOther = "other";

/** @param days - days to look ahead, today included */
export async function readPlans(ports: PlanPorts, pools: readonly Pool[], days: number): Promise<PlansInForce> {
  const today = utcDay(ports.clock.nowMs());
  const facts = await Promise.all(pools.map((pool) => readPoolFacts(ports, pool, today)));
  return { day: today, pools: facts.map((each) => planInForce(each, days)) };
}

function planInForce(facts: PoolFacts, days: number): PlanInForce {
  const { pool, histories, today } = facts;
  const { plan } = pool;
  const ips = Math.max(1, facts.warmingIps);
  const differs = Object.entries(plan.providers).flatMap(([provider, changes]) =>
    changes === undefined ? [] : [{ provider, changes }],
  );
  const names = new Set([...differs.map(({ provider }) => provider), ...histories.keys(), anyOther]);
  return {
    pool: pool.name,
    plan,
    differs,
    ips,
    next: [...names].toSorted(byText).map((provider) => {
      const history = daysInForce(facts, provider);
      const openToday = rampedAt(facts, provider);
      return { provider, days: nextAllowances({ plan, provider, today, ips, history, openToday }, days) };
    }),
  };
}
