import { rateAtLeast } from "../confidence.ts";
import type { UtcDay } from "../utc-day.ts";
import { type History, historyDays, refusedOn, trailing } from "./history.ts";
import { planAt, type WarmUpPlan } from "./plan.ts";

/** Clean days in a row that end a warm-up. */
const cleanDays = 3;

const refusedShare = 0.02;

export type Graduation = { readonly graduates: true; readonly why: string } | { readonly graduates: false };

/**
 * Whether a provider's warm-up is complete: enough days with mail, the last three clean, and on those either the plan's
 * target was allowed or everything there was left by the warming IPs.
 */
export function graduation(plan: WarmUpPlan, provider: string, history: History): Graduation {
  const { minDays, targetPerIp } = planAt(plan, provider);
  const used = history.filter((facts) => facts.used > 0);
  const last = used.slice(-cleanDays);
  if (used.length < Math.min(historyDays, Math.max(minDays, cleanDays))) return { graduates: false };
  const isClean = last.every((facts) => !facts.braked && rateAtLeast(refusedOn(facts), facts.used) <= refusedShare);
  if (!isClean) return { graduates: false };
  if (last.every(({ allowance, ips }) => allowance >= targetPerIp * ips)) {
    return { graduates: true, why: `${used.length} days with mail, the last ${cleanDays} clean at the target` };
  }
  if (last.every(({ shared, used: carried, allowance }) => shared === 0 && carried < allowance)) {
    return { graduates: true, why: `${used.length} days with mail, the last ${cleanDays} clean and all of it carried` };
  }
  return { graduates: false };
}

/** A provider matters with this share of a pool's mail of the last week. */
const matteringShare = 0.05;
const matteringDays = 7;

/** The providers whose warm-up a pool waits for. @param histories - by provider */
export function matteringProviders(histories: ReadonlyMap<string, History>, day: UtcDay): string[] {
  const volumes = [...histories].map(([provider, history]): [string, number] => [
    provider,
    trailing(history, day, matteringDays).reduce(
      (sum, facts) => sum + facts.used + facts.established + facts.shared,
      0,
    ),
  ]);
  const total = volumes.reduce((sum, [, volume]) => sum + volume, 0);
  return volumes.filter(([, volume]) => total > 0 && volume >= matteringShare * total).map(([provider]) => provider);
}
