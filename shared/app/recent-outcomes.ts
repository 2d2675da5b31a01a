import type { OutcomeReading } from "../domain/feedback/outcome-counts.ts";
import { dayMs, dayNumber, type UtcDay } from "../domain/utc-day.ts";
import type { Clock } from "../ports/clock.ts";
import type { OutcomeStore } from "../ports/outcome-store.ts";

const hourMs = 3_600_000;

/** Today is read each time. What still comes in about earlier days is little, and may wait this long, ms. */
const yesterdayAgainMs = 3 * hourMs;
const earlierAgainMs = 12 * hourMs;

/** Days that are kept at the most. */
const keptDays = 8;

/** Outcomes as one instance of a function last read them: a day's signs are many, and closed days hardly change. */
export class RecentOutcomes implements Pick<OutcomeStore, "read"> {
  readonly #outcomes: Pick<OutcomeStore, "read">;
  readonly #clock: Clock;
  readonly #kept = new Map<string, { day: UtcDay; readings: readonly OutcomeReading[]; readAtMs: number }>();

  constructor(outcomes: Pick<OutcomeStore, "read">, clock: Clock) {
    this.#outcomes = outcomes;
    this.#clock = clock;
  }

  async read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]> {
    const nowMs = this.#clock.nowMs();
    const ago = Math.floor(nowMs / dayMs) - dayNumber(day);
    const name = `${pool}/${day}`;
    const before = this.#kept.get(name);
    const againMs = ago <= 0 ? 0 : ago === 1 ? yesterdayAgainMs : earlierAgainMs;
    if (before !== undefined && nowMs - before.readAtMs < againMs) return before.readings;
    const readings = await this.#outcomes.read(pool, day);
    this.#forget(nowMs);
    if (ago > 0) this.#kept.set(name, { day, readings, readAtMs: nowMs });
    return readings;
  }

  #forget(nowMs: number): void {
    for (const [name, { day }] of this.#kept) {
      if (Math.floor(nowMs / dayMs) - dayNumber(day) > keptDays) this.#kept.delete(name);
    }
  }
}
