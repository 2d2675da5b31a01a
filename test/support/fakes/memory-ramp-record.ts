import type { UtcDay } from "../../../shared/domain/utc-day.ts";
import type { RampMark, RampRecord, RecordedDecision } from "../../../shared/ports/ramp-record.ts";

export class MemoryRampRecord implements RampRecord {
  readonly #marks = new Map<string, RampMark>();
  readonly #decisions = new Map<string, RecordedDecision>();

  async mark(pool: string): Promise<RampMark | undefined> {
    return this.#marks.get(pool);
  }

  async setMark(pool: string, mark: RampMark): Promise<void> {
    this.#marks.set(pool, mark);
  }

  async keep(decision: RecordedDecision): Promise<RecordedDecision> {
    const kept = this.#decisions.get(nameOf(decision)) ?? decision;
    this.#decisions.set(nameOf(decision), kept);
    return kept;
  }

  async replace(decision: RecordedDecision): Promise<void> {
    this.#decisions.set(nameOf(decision), decision);
  }

  async decisions(pool: string, from: UtcDay, to: UtcDay): Promise<readonly RecordedDecision[]> {
    return [...this.#decisions.values()]
      .filter((decision) => decision.pool === pool && from <= decision.day && decision.day <= to)
      .sort((one, other) => (one.day < other.day ? -1 : 1));
  }
}

function nameOf({ pool, day, route, provider }: RecordedDecision): string {
  return `${pool}/${day}/${route}/${provider}`;
}
