import { dayMs, type UtcDay, utcDay } from "../../domain/utc-day.ts";
import { type DecidedAllowancePorts, decidedAllowances } from "./decided-allowances.ts";
import type { HistoryDay } from "./status.ts";

/** Days a history goes back, today included. */
const historyDays = 60;

/** Today and yesterday may still change: a batch works on the day it began. */
const openDays = 2;

/** What earlier calls found of days that cannot change any more, by pool and day; undefined for a day without use. */
export type ClosedDays = Map<string, HistoryDay | undefined>;

export interface HistoryPorts extends DecidedAllowancePorts {
  /** Kept from call to call, it spares reading sixty days each time; an empty map at first. @default nothing is kept */
  readonly closedDays?: ClosedDays;
}

/** The last 60 days of a pool's warming IPs, without the days that had no use, oldest first. @param nowMs - epoch ms */
export async function readHistory(ports: HistoryPorts, pool: string, nowMs: number): Promise<readonly HistoryDay[]> {
  const { closedDays = new Map() } = ports;
  const days = Array.from({ length: historyDays }, (_, index) => utcDay(nowMs - (historyDays - 1 - index) * dayMs));
  const firstUnread = days.findIndex((day) => !closedDays.has(keyOf(pool, day)));
  const known = days.slice(0, firstUnread).map((day) => closedDays.get(keyOf(pool, day)));
  const unread = days.slice(firstUnread);
  const found = await readDays(ports, pool, unread);
  for (const [index, day] of unread.slice(0, -openDays).entries()) closedDays.set(keyOf(pool, day), found[index]);
  return [...known, ...found].filter((day) => day !== undefined);
}

function keyOf(pool: string, day: UtcDay): string {
  return `${pool}/${day}`;
}

async function readDays(
  ports: DecidedAllowancePorts,
  pool: string,
  days: readonly UtcDay[],
): Promise<readonly (HistoryDay | undefined)[]> {
  const [from = "", to = from] = [days[0], days.at(-1)];
  const byDay = new Map<UtcDay, HistoryDay>();
  for (const { decision, allowance } of await decidedAllowances(ports, pool, from, to)) {
    if (decision.route !== "warming" || allowance.used === 0) continue;
    const { day } = decision;
    const sum = byDay.get(day) ?? { day, allowance: 0, used: 0 };
    byDay.set(day, { day, allowance: sum.allowance + allowance.limit, used: sum.used + allowance.used });
  }
  return days.map((day) => byDay.get(day));
}
