import type { UtcDay } from "../../../shared/domain/utc-day.ts";
import type { OutcomeCounts, OutcomeKey, OutcomeReading, OutcomeStore } from "../../../shared/ports/outcome-counts.ts";

const nothing: OutcomeCounts = { accepted: 0, delivered: 0, deferred: 0, blocked: 0, bounced: 0, complained: 0 };

export class MemoryOutcomes implements OutcomeStore {
  readonly #kept = new Map<string, OutcomeReading>();
  /** Writes so far. */
  writes = 0;

  async add(key: OutcomeKey, counts: Partial<OutcomeCounts>): Promise<void> {
    this.writes += 1;
    const name = `${key.pool}/${key.day}/${key.route}/${key.provider}`;
    const before = this.#kept.get(name)?.counts ?? nothing;
    const sum = (outcome: keyof OutcomeCounts): number => before[outcome] + (counts[outcome] ?? 0);
    this.#kept.set(name, {
      key,
      counts: {
        accepted: sum("accepted"),
        delivered: sum("delivered"),
        deferred: sum("deferred"),
        blocked: sum("blocked"),
        bounced: sum("bounced"),
        complained: sum("complained"),
      },
    });
  }

  async read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]> {
    return [...this.#kept.values()].filter(({ key }) => key.pool === pool && key.day === day);
  }
}
