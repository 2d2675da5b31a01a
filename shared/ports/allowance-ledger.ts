import type { Allowance, AllowanceKey } from "../domain/sending/allowance.ts";

/** Reads and writes of whole allowances, off the send path. */
export interface AllowanceLedger {
  /** Strongly consistent; allowances that do not exist are left out. */
  read(keys: readonly AllowanceKey[]): Promise<readonly AllowanceReading[]>;
  /** Opens a day with a limit and nothing used. @returns false when the day is open already: nothing changes then */
  open(key: AllowanceKey, limit: number): Promise<boolean>;
  /** Changes an open day's limit; the next reservation sees it. What is used stays used. */
  setLimit(key: AllowanceKey, limit: number): Promise<void>;
}

export interface AllowanceReading {
  readonly key: AllowanceKey;
  readonly allowance: Allowance;
}
