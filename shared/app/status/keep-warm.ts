import { dayNumber, type UtcDay } from "../../domain/utc-day.ts";
import { matteringProviders } from "../../domain/warm-up/graduation.ts";
import { type History, trailing } from "../../domain/warm-up/history.ts";

/** What a standard dedicated IP costs in USD a month (aws.amazon.com/ses/pricing, dedicated IP addresses, 2026). */
export const dedicatedIpMonthlyUsd = 24.95;

/** Days whose highest volume counts: mail goes by the week. */
const weekDays = 7;

export interface KeepWarmFacts {
  readonly pool: string;
  /** Dedicated IPs of the pool, whatever their state: each is paid for. */
  readonly ips: number;
  /** What keeps a reputation: recipients per IP and day at a provider. */
  readonly floorPerIp: number;
  /** Closed days by provider. */
  readonly histories: ReadonlyMap<string, History>;
  readonly today: UtcDay;
}

/** A pool that has more IPs than its mail keeps warm. */
export interface KeepWarmAdvice {
  readonly ips: number;
  /** As many as the mail does keep warm. */
  readonly enough: number;
  /** What the others cost, USD a month. */
  readonly monthlyUsd: number;
  /** In words. */
  readonly says: string;
}

/**
 * Whether a pool's mail keeps its IPs warm (guide rows 6, 8, 18): at one provider that matters, at least, the highest
 * day of the last week must reach the floor at every IP. Silent until there is a week to look at.
 */
export function keepWarmAdvice(facts: KeepWarmFacts): KeepWarmAdvice | undefined {
  const { pool, ips, floorPerIp, histories, today } = facts;
  if (ips === 0 || floorPerIp === 0 || !hasWeek(histories, today)) return undefined;
  const highest = matteringProviders(histories, today).map((provider): [string, number] => [
    provider,
    Math.max(...trailing(histories.get(provider) ?? [], today, weekDays).map(volume)),
  ]);
  if (highest.length === 0) return undefined;
  const enough = Math.floor(Math.max(...highest.map(([, recipients]) => recipients)) / floorPerIp);
  if (enough >= ips) return undefined;
  const monthlyUsd = Math.round((ips - enough) * dedicatedIpMonthlyUsd * 100) / 100;
  const are = ips === 1 ? "1 IP is" : `${ips} IPs are`;
  const instead = enough === 0 ? "none would do: SES's shared IPs suit this volume" : `${enough} would do`;
  const seen = highest.map(([provider, recipients]) => `${provider} ${recipients}`).join(", ");
  const says = `pool ${pool}: ${are} more than this mail keeps warm (about ${floorPerIp} a day per provider and IP): ${instead}, and save $${monthlyUsd.toFixed(2)} a month. Highest day of the last week: ${seen}`;
  return { ips, enough, monthlyUsd, says };
}

function hasWeek(histories: ReadonlyMap<string, History>, today: UtcDay): boolean {
  return [...histories.values()].some(
    ([first]) => first !== undefined && dayNumber(today) - dayNumber(first.day) >= weekDays,
  );
}

/** Everything the pool's streams sent, whatever IPs carried it. */
function volume({ used, established, shared }: History[number]): number {
  return used + established + shared;
}
