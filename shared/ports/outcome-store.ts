import type { OutcomeReading } from "../domain/feedback/outcome-counts.ts";
import type { SignSlot } from "../domain/feedback/sign.ts";
import type { UtcDay } from "../domain/utc-day.ts";

/** Where the signs of one slot are kept. */
export interface SlotKey {
  readonly pool: string;
  /** The day that admitted the mail, whenever the event came. */
  readonly day: UtcDay;
  /** Start of the slot, epoch ms. */
  readonly slotMs: number;
}

/** Signs as texts, by mailbox provider and then by stream. */
export type SignsByProvider = ReadonlyMap<string, SignSlot["byStream"]>;

/** What SES's events said. Signs are only ever added, so that any order, any batch and any repetition end the same. */
export interface OutcomeStore {
  /** Adds signs to a slot in one write; those that are there already change nothing. */
  keep(key: SlotKey, signs: SignsByProvider): Promise<void>;
  /** All counts of a pool and day. */
  read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]>;
  /** The signs about one provider, of mail admitted on a day, from a slot on (epoch ms); in order of time. */
  slots(pool: string, day: UtcDay, provider: string, fromMs: number): Promise<readonly SignSlot[]>;
}
