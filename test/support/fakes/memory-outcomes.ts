import { countSigns, type OutcomeCounts, type OutcomeReading } from "../../../shared/domain/feedback/outcome-counts.ts";
import type { SignSlot } from "../../../shared/domain/feedback/sign.ts";
import type { UtcDay } from "../../../shared/domain/utc-day.ts";
import type { OutcomeStore, SignsKey } from "../../../shared/ports/outcome-store.ts";
import { keepCounts, type SignsOf } from "../signs.ts";

const sharedMs = 10_000;

/** Signs of one stream, slot and provider that were kept within the same ten seconds. */
interface Piece {
  readonly keptMs: number;
  readonly provider: string;
  readonly slotMs: number;
  readonly stream: string;
  readonly texts: Set<string>;
}

export class MemoryOutcomes implements OutcomeStore {
  /** By pool and day. */
  readonly #days = new Map<string, Map<string, Piece>>();
  /** Writes so far. */
  writes = 0;

  async keep(key: SignsKey, slots: readonly SignSlot[], nowMs: number): Promise<void> {
    if (slots.every(({ byStream }) => [...byStream.values()].every((texts) => texts.size === 0))) return;
    this.writes += 1;
    const pieces = this.#days.get(nameOf(key)) ?? new Map<string, Piece>();
    this.#days.set(nameOf(key), pieces);
    const keptMs = Math.floor(nowMs / sharedMs) * sharedMs;
    for (const { provider, slotMs, byStream } of slots) {
      for (const [stream, texts] of byStream) {
        const name = `${slotMs} ${provider} ${stream} ${keptMs}`;
        const piece = pieces.get(name) ?? { keptMs, provider, slotMs, stream, texts: new Set() };
        pieces.set(name, piece);
        for (const text of texts) piece.texts.add(text);
      }
    }
  }

  async read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]> {
    return countSigns(pool, day, this.#kept({ pool, day }, 0));
  }

  async *keptSince(key: SignsKey, fromMs: number): AsyncGenerator<SignSlot> {
    yield* this.#kept(key, fromMs);
  }

  /** Signs of so many new mails. */
  add(key: SignsOf, counts: Partial<OutcomeCounts>): Promise<void> {
    return keepCounts(this, key, counts);
  }

  /** Every sign kept, in one order whatever order it came in, and once however often. */
  dump(): string {
    const lines = [...this.#days].flatMap(([day, pieces]) =>
      [...pieces.values()].flatMap(({ slotMs, provider, stream, texts }) =>
        [...texts].map((text) => `${day}/${slotMs} ${provider} ${stream} ${text}`),
      ),
    );
    return [...new Set(lines)].sort((one, other) => (one < other ? -1 : 1)).join("\n");
  }

  #kept(key: SignsKey, fromMs: number): SignSlot[] {
    const pieces = [...(this.#days.get(nameOf(key))?.values() ?? [])];
    return pieces
      .filter(({ keptMs }) => keptMs > fromMs - sharedMs)
      .map(({ provider, slotMs, stream, texts }) => ({ provider, slotMs, byStream: new Map([[stream, texts]]) }));
  }
}

function nameOf({ pool, day }: SignsKey): string {
  return `${pool}/${day}`;
}
