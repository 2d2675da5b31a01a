import type { OutcomeReading } from "../../../shared/domain/feedback/outcome-counts.ts";
import type { SignSlot } from "../../../shared/domain/feedback/sign.ts";
import type { UtcDay } from "../../../shared/domain/utc-day.ts";
import type { OutcomeStore, SlotKey } from "../../../shared/ports/outcome-store.ts";
import { MemoryOutcomes } from "../../support/fakes/memory-outcomes.ts";

/** Key, provider and slot of an item, about; bytes. */
const itemBytes = 120;

/** The store in memory, with what DynamoDB would bill for each call: an item counts whole, however little is added. */
export class CountedOutcomes implements OutcomeStore {
  readonly #kept = new MemoryOutcomes();
  /** Slots as the store holds them: what is added to it is added here. */
  readonly #slots = new Map<string, SignSlot>();
  writes = 0;
  writeUnits = 0;
  readUnits = 0;

  async keep(key: SlotKey, byStream: SignSlot["byStream"]): Promise<void> {
    await this.#kept.keep(key, byStream);
    this.writes += 1;
    const slot = await this.#slot(key);
    this.writeUnits += Math.ceil(bytesOf(slot) / 1024);
  }

  read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]> {
    return this.#kept.read(pool, day);
  }

  async slots(pool: string, day: UtcDay, provider: string, fromMs: number): Promise<readonly SignSlot[]> {
    const found = await this.#kept.slots(pool, day, provider, fromMs);
    this.readUnits += Math.ceil(found.reduce((sum, slot) => sum + bytesOf(slot), 1) / 4096);
    return found;
  }

  async #slot({ pool, day, provider, slotMs }: SlotKey): Promise<SignSlot> {
    const name = `${pool}/${day}/${provider}/${slotMs}`;
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const [slot] = await this.#kept.slots(pool, day, provider, slotMs);
    if (slot === undefined) throw new Error(`the store lost ${name}`);
    this.#slots.set(name, slot);
    return slot;
  }
}

function bytesOf({ byStream }: SignSlot): number {
  let bytes = itemBytes;
  // Ten characters a sign.
  for (const signs of byStream.values()) bytes += signs.size * 10;
  return bytes;
}
