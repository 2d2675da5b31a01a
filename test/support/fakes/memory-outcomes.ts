import { countSigns, type OutcomeCounts, type OutcomeReading } from "../../../shared/domain/feedback/outcome-counts.ts";
import type { SignSlot } from "../../../shared/domain/feedback/sign.ts";
import type { UtcDay } from "../../../shared/domain/utc-day.ts";
import type { OutcomeStore, SignsByProvider, SlotKey } from "../../../shared/ports/outcome-store.ts";
import { keepCounts, type SignsOf } from "../signs.ts";

interface Kept {
  readonly key: SlotKey;
  readonly signs: Map<string, Map<string, Set<string>>>;
}

export class MemoryOutcomes implements OutcomeStore {
  readonly #kept = new Map<string, Kept>();
  /** Writes so far. */
  writes = 0;

  async keep(key: SlotKey, signs: SignsByProvider): Promise<void> {
    if ([...signs.values()].every((byStream) => [...byStream.values()].every((texts) => texts.size === 0))) return;
    this.writes += 1;
    const name = `${key.pool}/${key.day}/${key.slotMs}`;
    const kept: Kept = this.#kept.get(name) ?? { key, signs: new Map() };
    this.#kept.set(name, kept);
    for (const [provider, byStream] of signs) {
      const there = kept.signs.get(provider) ?? new Map<string, Set<string>>();
      kept.signs.set(provider, there);
      for (const [stream, texts] of byStream) {
        const known = there.get(stream) ?? new Set<string>();
        there.set(stream, known);
        for (const text of texts) known.add(text);
      }
    }
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
    const lines = [...this.#kept].flatMap(([name, { signs }]) =>
      [...signs].flatMap(([provider, byStream]) =>
        [...byStream].flatMap(([stream, texts]) => [...texts].map((text) => `${name} ${provider} ${stream} ${text}`)),
      ),
    );
    return lines.toSorted((one, other) => (one < other ? -1 : 1)).join("\n");
  }

  #slots(pool: string, day: UtcDay): SignSlot[] {
    const found = [...this.#kept.values()].filter(({ key }) => key.pool === pool && key.day === day);
    return found.flatMap(({ key: { slotMs }, signs }) =>
      [...signs].map(([provider, byStream]) => ({ provider, slotMs, byStream })),
    );
  }
}
