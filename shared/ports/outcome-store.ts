import type { OutcomeReading } from "../domain/feedback/outcome-counts.ts";
import type { SignSlot } from "../domain/feedback/sign.ts";
import type { UtcDay } from "../domain/utc-day.ts";

/** Whose mail signs are about. */
export interface SignsKey {
  readonly pool: string;
  /** The day that admitted the mail, whenever the event came. */
  readonly day: UtcDay;
}

/** What SES's events said. Signs are only ever added, so that any order, any batch and any repetition end the same. */
export interface OutcomeStore {
  /**
   * Adds signs, of any slots, in one write; only very many take more. Those that are there already change nothing.
   * @param nowMs - the clock at the time of the write, epoch ms
   */
  keep(key: SignsKey, slots: readonly SignSlot[], nowMs: number): Promise<void>;
  /** All counts of a pool and day. */
  read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]>;
  /**
   * All signs that were kept from a moment on (epoch ms, by the keeper's clock), and some from shortly before. A slot
   * comes in several pieces, in no order, and a sign may come more than once.
   */
  keptSince(key: SignsKey, fromMs: number): AsyncIterable<SignSlot>;
}
