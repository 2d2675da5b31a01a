import type { OutcomeReading } from "../../domain/feedback/outcome-counts.ts";
import { dayAfter, type UtcDay, utcDay } from "../../domain/utc-day.ts";
import type { QualityPorts } from "./quality-ports.ts";

/** UTC days that are looked at, today included. */
const weekDays = 7;

const hourMs = 3_600_000;

/** Today is read with every run. What still comes in about earlier days is little, and may wait this long, ms. */
const yesterdayAgainMs = hourMs;
const earlierAgainMs = 4 * hourMs;

/** What an instance of the function read of earlier days, by pool and day; an empty map at first. */
export type KeptDays = Map<string, { readonly readings: readonly OutcomeReading[]; readonly readAtMs: number }>;

/** The outcomes of a pool's last seven days. One day after the other: a day of much mail fills the memory. */
export async function readWeek(
  { outcomes, clock }: Pick<QualityPorts, "outcomes" | "clock">,
  pool: string,
  kept: KeptDays,
): Promise<readonly OutcomeReading[]> {
  const nowMs = clock.nowMs();
  const today = utcDay(nowMs);
  const week: OutcomeReading[] = [];
  kept.delete(nameOf(pool, dayAfter(today, -weekDays)));
  for (let ago = 0; ago < weekDays; ago += 1) {
    const day = dayAfter(today, -ago);
    const before = kept.get(nameOf(pool, day));
    const againMs = ago === 1 ? yesterdayAgainMs : earlierAgainMs;
    const isFresh = ago > 0 && before !== undefined && nowMs - before.readAtMs < againMs;
    const readings = isFresh ? before.readings : await outcomes.read(pool, day);
    if (ago > 0 && !isFresh) kept.set(nameOf(pool, day), { readings, readAtMs: nowMs });
    week.push(...readings);
  }
  return week;
}

function nameOf(pool: string, day: UtcDay): string {
  return `${pool}/${day}`;
}
