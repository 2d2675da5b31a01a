import { countSigns, type OutcomeCounts, type OutcomeReading } from "../../../shared/domain/feedback/outcome-counts.ts";
import type { SignSlot } from "../../../shared/domain/feedback/sign.ts";
import type { UtcDay } from "../../../shared/domain/utc-day.ts";
import type { OutcomeStore, SlotKey } from "../../../shared/ports/outcome-store.ts";
import { keepCounts, type SignsOf } from "../signs.ts";

interface Kept {
  readonly key: SlotKey;
  readonly byStream: Map<string, Set<string>>;
}

export class MemoryOutcomes implements OutcomeStore {
  readonly #kept = new Map<string, Kept>();
  /** Writes so far. */
  writes = 0;

  async keep(key: SlotKey, byStream: SignSlot["byStream"]): Promise<void> {
    if ([...byStream.values()].every((signs) => signs.size === 0)) return;
    this.writes += 1;
    const name = `${key.pool}/${key.day}/${key.provider}/${key.slotMs}`;
    const kept = this.#kept.get(name) ?? { key, byStream: new Map() };
    for (const [stream, signs] of byStream) {
      const there = kept.byStream.get(stream) ?? new Set<string>();
      for (const sign of signs) there.add(sign);
      kept.byStream.set(stream, there);
    }
    this.#kept.set(name, kept);
  }

  async read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]> {
    return countSigns(pool, day, this.#slots(pool, day));
  }

  async slots(pool: string, day: UtcDay, provider: string, fromMs: number): Promise<readonly SignSlot[]> {
    const found = this.#slots(pool, day).filter((slot) => slot.provider === provider && slot.slotMs >= fromMs);
    return found.toSorted((one, other) => one.slotMs - other.slotMs);
  }

  /** Signs of so many new mails. */
  add(key: SignsOf, counts: Partial<OutcomeCounts>): Promise<void> {
    return keepCounts(this, key, counts);
  }

  /** Everything kept, in one order whatever order it came in. */
  dump(): string {
    const lines = [...this.#kept].flatMap(([name, { byStream }]) =>
      [...byStream].flatMap(([stream, signs]) => [...signs].map((sign) => `${name} ${stream} ${sign}`)),
    );
    return lines.toSorted((one, other) => (one < other ? -1 : 1)).join("\n");
  }

  #slots(pool: string, day: UtcDay): SignSlot[] {
    const found = [...this.#kept.values()].filter(({ key }) => key.pool === pool && key.day === day);
    return found.map(({ key: { provider, slotMs }, byStream }) => ({ provider, slotMs, byStream }));
  }
}
