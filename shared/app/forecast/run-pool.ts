import { draw, textKey } from "../../domain/provider-model/draw.ts";
import type { PriorName } from "../../domain/provider-model/prior.ts";
import { type ProviderRun, runProvider } from "../../domain/simulation/run-provider.ts";
import { severalIps } from "../../domain/simulation/several-ips.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import { type ForecastPlan, feedbackDelay, policyOf } from "./plans.ts";

export interface PoolRun {
  readonly plan: ForecastPlan;
  readonly ips: number;
  readonly start: UtcDay;
  readonly days: number;
  readonly model: PriorName;
  readonly seed: number;
}

const complaintPurpose = 30;

/** One pool's warm-up against the models, with the luck of one seed. @param demand - recipients of each day, by provider */
export function runPool(
  demand: ReadonlyMap<string, Float64Array>,
  { plan, ips, start, days, model, seed }: PoolRun,
): ProviderRun[] {
  return [...demand].map(([provider, counts]) => {
    const peakPerDay = Math.max(...counts);
    const key = textKey(provider);
    const luck = (day: number, part: number): number => draw(seed, key, complaintPurpose, day, part);
    const pool = severalIps({ prior: model, provider, ips, seed, peakPerDay });
    const policy = policyOf(plan, { provider, start, ips });
    return runProvider(pool, policy, { provider, demand: counts, luck }, { ...feedbackDelay, days });
  });
}
