import type { OutcomeReading } from "../../domain/feedback/outcome-counts.ts";
import { dayAfter, utcDay } from "../../domain/utc-day.ts";
import type { QualityPorts } from "./quality-ports.ts";

/** UTC days that are looked at, today included. */
const weekDays = 7;

/** The outcomes of a pool's last seven days. One day after the other: a day of much mail fills the memory. */
export async function readWeek(
  { outcomes, clock }: Pick<QualityPorts, "outcomes" | "clock">,
  pool: string,
): Promise<readonly OutcomeReading[]> {
  const today = utcDay(clock.nowMs());
  const week: OutcomeReading[] = [];
  for (let ago = 0; ago < weekDays; ago += 1) week.push(...(await outcomes.read(pool, dayAfter(today, -ago))));
  return week;
}
