import type { Receipt } from "../domain/sending/claim.ts";

/** What batches sent. Kept a week longer than claims: a lost receipt reads as an unknown outcome. */
export interface ReceiptStore {
  /** Plain put, safe to repeat with the same content. */
  put(receipt: Receipt, nowMs: number): Promise<void>;
  /** Strongly consistent. */
  get(batch: string): Promise<Receipt | undefined>;
}
