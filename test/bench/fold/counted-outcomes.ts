import type { OutcomeReading } from "../../../shared/domain/feedback/outcome-counts.ts";
import type { SignSlot } from "../../../shared/domain/feedback/sign.ts";
import type { UtcDay } from "../../../shared/domain/utc-day.ts";
import type { OutcomeStore, SignsKey } from "../../../shared/ports/outcome-store.ts";
import { MemoryOutcomes } from "../../support/fakes/memory-outcomes.ts";

const sharedMs = 10_000;

/** Key of an item, about; bytes. */
const itemBytes = 60;
/** Name of an attribute with provider, stream and slot, about; bytes. */
const nameBytes = 25;
/** Ten characters a sign. */
const signBytes = 10;

/** The store in memory, with what DynamoDB would bill for each call: an item counts whole, however little is added. */
export class CountedOutcomes implements OutcomeStore {
  readonly #kept = new MemoryOutcomes();
  /** Signs of each item, by attribute. */
  readonly #items = new Map<string, Map<string, Set<string>>>();
  writes = 0;
  writeUnits = 0;
  readUnits = 0;

  async keep(key: SignsKey, slots: readonly SignSlot[], nowMs: number): Promise<void> {
    await this.#kept.keep(key, slots, nowMs);
    this.writes += 1;
    this.writeUnits += Math.ceil(this.#added(key, slots, nowMs) / 1024);
  }

  read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]> {
    return this.#kept.read(pool, day);
  }

  async *keptSince(key: SignsKey, fromMs: number): AsyncGenerator<SignSlot> {
    let bytes = 1;
    for await (const slot of this.#kept.keptSince(key, fromMs)) {
      bytes += bytesOf(slot);
      yield slot;
    }
    this.readUnits += Math.ceil(bytes / 4096);
  }

  /** Adds what is new to what the item holds, and tells the item's size in bytes. */
  #added({ pool, day }: SignsKey, slots: readonly SignSlot[], nowMs: number): number {
    const name = `${pool}/${day}/${Math.floor(nowMs / sharedMs)}`;
    const item = this.#items.get(name) ?? new Map<string, Set<string>>();
    this.#items.set(name, item);
    for (const { provider, slotMs, byStream } of slots) {
      for (const [stream, texts] of byStream) {
        const attribute = `${provider}/${stream}/${slotMs}`;
        item.set(attribute, (item.get(attribute) ?? new Set<string>()).union(new Set(texts)));
      }
    }
    return [...item.values()].reduce((sum, { size }) => sum + nameBytes + size * signBytes, itemBytes);
  }
}

function bytesOf({ byStream }: SignSlot): number {
  return [...byStream.values()].reduce((sum, { size }) => sum + nameBytes + size * signBytes, 0);
}
