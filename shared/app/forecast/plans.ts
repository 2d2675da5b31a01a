import { withinDay } from "../../domain/simulation/pace.ts";
import { type PlanSetup, planPolicy } from "../../domain/simulation/plan-policy.ts";
import type { Policy } from "../../domain/simulation/policy.ts";
import type { WarmUpPlan } from "../../domain/warm-up/plan.ts";
import { planPresets } from "../../domain/warm-up/plan-presets.ts";

/** A plan by its name. */
export interface ForecastPlan {
  readonly name: string;
  readonly plan: WarmUpPlan;
}

/** Refusals of an hour are seen two hours later; closed days by midnight. */
export const feedbackDelay = { delayDays: 0, delayHours: 2 };

/** Every plan that a pool can name, the shipped ones first. @param own - of a deployment's configuration */
export function forecastPlans(own: Readonly<Record<string, WarmUpPlan>>): ReadonlyMap<string, ForecastPlan> {
  return new Map(Object.entries({ ...planPresets, ...own }).map(([name, plan]) => [name, { name, plan }]));
}

/** The ramp by this plan at one provider. The brakes that end a refused day are a plain stop here. */
export function policyOf({ plan }: ForecastPlan, setup: PlanSetup): Policy {
  const make = withinDay(() => planPolicy(plan, setup), { stop: true });
  return make({ provider: setup.provider, share: 1, fullPerDay: 0, ...feedbackDelay });
}
