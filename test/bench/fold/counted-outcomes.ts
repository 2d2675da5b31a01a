import type { OutcomeReading } from "../../../shared/domain/feedback/outcome-counts.ts";
import type { SignSlot } from "../../../shared/domain/feedback/sign.ts";
import type { UtcDay } from "../../../shared/domain/utc-day.ts";
import type { OutcomeStore, SignsByProvider, SlotKey } from "../../../shared/ports/outcome-store.ts";
import { MemoryOutcomes } from "../../support/fakes/memory-outcomes.ts";

/** Key, provider and slot of an item, about; bytes. */
const itemBytes = 120;

/** The store in memory, with what DynamoDB would bill for each call: an item counts whole, however little is added. */
export class CountedOutcomes implements OutcomeStore {
  readonly #kept = new MemoryOutcomes();
  /** Signs of each item. */
  readonly #items = new Map<string, Set<string>>();
  writes = 0;
  writeUnits = 0;
  readUnits = 0;

  async keep(key: SlotKey, signs: SignsByProvider): Promise<void> {
    await this.#kept.keep(key, signs);
    this.writes += 1;
    this.writeUnits += Math.ceil(this.#added(key, signs) / 1024);
  }

  read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]> {
    return this.#kept.read(pool, day);
  }

  async slots(pool: string, day: UtcDay, provider: string, fromMs: number): Promise<readonly SignSlot[]> {
    const found = await this.#kept.slots(pool, day, provider, fromMs);
    this.readUnits += Math.ceil(found.reduce((sum, slot) => sum + bytesOf(slot), 1) / 4096);
    return found;
  }

  /** Adds what is new to what the item holds, and tells the item's size in bytes. */
  #added({ pool, day, slotMs }: SlotKey, signs: SignsByProvider): number {
    const name = `${pool}/${day}/${slotMs}`;
    const held = this.#items.get(name) ?? new Set<string>();
    this.#items.set(name, held);
    for (const [provider, byStream] of signs) {
      for (const texts of byStream.values()) for (const text of texts) held.add(`${provider} ${text}`);
    }
    return itemBytes + held.size * signBytes;
  }
}

/** Ten characters a sign. */
const signBytes = 10;

function bytesOf({ byStream }: SignSlot): number {
  let bytes = itemBytes;
  for (const texts of byStream.values()) bytes += texts.size * signBytes;
  return bytes;
}
