import type { UtcDay } from "../../../shared/domain/utc-day.ts";
import type { RampRecord, RecordedDecision } from "../../../shared/ports/ramp-record.ts";

export class MemoryRampRecord implements RampRecord {
  readonly #rampedDay = new Map<string, UtcDay>();
  readonly #decisions = new Map<string, RecordedDecision>();

  async rampedDay(pool: string): Promise<UtcDay | undefined> {
    return this.#rampedDay.get(pool);
  }

  async markRamped(pool: string, day: UtcDay): Promise<void> {
    this.#rampedDay.set(pool, day);
  }

  async keep(decision: RecordedDecision): Promise<RecordedDecision> {
    const { pool, day, route, provider } = decision;
    const name = `${pool}/${day}/${route}/${provider}`;
    const kept = this.#decisions.get(name) ?? decision;
    this.#decisions.set(name, kept);
    return kept;
  }

  async decisions(pool: string, from: UtcDay, to: UtcDay): Promise<readonly RecordedDecision[]> {
    return [...this.#decisions.values()]
      .filter((decision) => decision.pool === pool && from <= decision.day && decision.day <= to)
      .sort((one, other) => (one.day < other.day ? -1 : 1));
  }
}
