import type { WarmUpPlan } from "./plan.ts";

/**
 * Plans a pool can name. Growth per day follows published practice: doubling every three days (Braze conservative),
 * 30 % (Brevo), 40 % (SendGrid's automated table). Microsoft starts lower and grows more slowly in every preset
 * because it reacts hardest to new volume. The target is SES's own ceiling of 50,000 a day and IP.
 */
export const planPresets: Readonly<Record<"cautious" | "balanced" | "brisk", WarmUpPlan>> = {
  cautious: {
    startPerIp: 50,
    growthPerDay: 1.26,
    targetPerIp: 50_000,
    providers: { microsoft: { startPerIp: 25, growthPerDay: 1.2 } },
  },
  balanced: {
    startPerIp: 100,
    growthPerDay: 1.3,
    targetPerIp: 50_000,
    providers: { microsoft: { startPerIp: 50, growthPerDay: 1.25 } },
  },
  brisk: {
    startPerIp: 200,
    growthPerDay: 1.4,
    targetPerIp: 50_000,
    providers: { microsoft: { startPerIp: 100, growthPerDay: 1.3 } },
  },
};
