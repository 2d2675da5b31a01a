import type { Receipt } from "../../../shared/domain/sending/claim.ts";
import type { ReceiptStore } from "../../../shared/ports/receipt-store.ts";

export class MemoryReceipts implements ReceiptStore {
  readonly #kept = new Map<string, Receipt>();

  async put(receipt: Receipt): Promise<void> {
    this.#kept.set(receipt.batch, receipt);
  }

  async get(batch: string): Promise<Receipt | undefined> {
    return this.#kept.get(batch);
  }

  /** Every receipt, oldest first. */
  get all(): readonly Receipt[] {
    return [...this.#kept.values()];
  }
}
