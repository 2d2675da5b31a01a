import type { WarmUpPlan } from "./plan.ts";
import { publishedTables } from "./published-tables.ts";

/**
 * What every plan has unless it says otherwise. Two and six weeks: SES guide, row 12. Twice the highest day of the last
 * week: "never above double the day before" is the commonest rule. A floor of 1,000 a day: SES guide, row 18. Idle time:
 * reputation is remembered for about 30 days (SendGrid, Braze), and fades before.
 */
export const planDefaults = {
  targetPerIp: 50_000,
  minDays: 14,
  maxDays: 42,
  share: 1,
  adaptive: false,
  pace: "paced",
  sendingDays: [1, 2, 3, 4, 5, 6, 7],
  governorGrowth: 2,
  governorDays: 7,
  floorPerIp: 1_000,
  cooling: [
    { afterDays: 7, keep: 0.5 },
    { afterDays: 14, keep: 0.25 },
    { afterDays: 30, keep: 0 },
  ],
} as const;

/** Shares of a table that counts all providers together; what is not listed has 10 %. An assumption, settable. */
const tableShares = { gmail: { share: 0.55 }, microsoft: { share: 0.2 }, yahoo: { share: 0.15 } };

/** A published table as a plan: it follows the table, day by day, whatever its growth. */
function published(table: readonly number[]): WarmUpPlan {
  const [first = 1] = table;
  return { ...planDefaults, startPerIp: first, growthPerDay: 2, share: 0.1, providers: tableShares, table };
}

/**
 * Plans a pool can name. Growth per day follows published practice: doubling every three days (Braze conservative),
 * 30 % (Brevo), 40 % (SendGrid's automated table). Microsoft starts lower and grows more slowly in every preset because
 * it reacts hardest to new volume. The target is SES's own ceiling of 50,000 a day and IP.
 */
export const planPresets: Readonly<Record<string, WarmUpPlan>> = {
  // 400 a day and IP over all providers at the first day, by their usual shares of the mail.
  adaptive: {
    ...planDefaults,
    adaptive: true,
    startPerIp: 40,
    growthPerDay: 2,
    providers: { gmail: { startPerIp: 220 }, microsoft: { startPerIp: 80 }, yahoo: { startPerIp: 60 } },
  },
  cautious: {
    ...planDefaults,
    startPerIp: 50,
    growthPerDay: 1.26,
    providers: { microsoft: { startPerIp: 25, growthPerDay: 1.2 } },
  },
  balanced: {
    ...planDefaults,
    startPerIp: 100,
    growthPerDay: 1.3,
    providers: { microsoft: { startPerIp: 50, growthPerDay: 1.25 } },
  },
  brisk: {
    ...planDefaults,
    startPerIp: 200,
    growthPerDay: 1.4,
    providers: { microsoft: { startPerIp: 100, growthPerDay: 1.3 } },
  },
  ...Object.fromEntries(Object.entries(publishedTables).map(([name, { perDay }]) => [name, published(perDay)])),
};
