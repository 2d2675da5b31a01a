import type { Allowance, AllowanceKey } from "../domain/sending/allowance.ts";

/** Reads and writes of whole allowances, off the send path. */
export interface AllowanceLedger {
  /** Strongly consistent; allowances that do not exist are left out. */
  read(keys: readonly AllowanceKey[]): Promise<readonly AllowanceReading[]>;
  /** Opens a day with a limit and nothing used. @returns false when the day is open already: nothing changes then */
  open(key: AllowanceKey, limit: number): Promise<boolean>;
}

export interface AllowanceReading {
  readonly key: AllowanceKey;
  readonly allowance: Allowance;
}
