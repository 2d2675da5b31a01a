import type { Brake } from "../domain/brakes/brake.ts";
import type { Allowance, AllowanceKey } from "../domain/sending/allowance.ts";
import type { Pace } from "../domain/sending/pace.ts";

/** Reads and writes of whole allowances, off the send path. */
export interface AllowanceLedger {
  /** Strongly consistent; allowances that do not exist are left out. */
  read(keys: readonly AllowanceKey[]): Promise<readonly AllowanceReading[]>;
  /**
   * Opens a day with a limit and nothing used.
   * @param by - how it opens, and a brake that is still in force from the day before
   * @returns false when the day is open already: nothing changes then
   */
  open(key: AllowanceKey, limit: number, by?: OpenedBy): Promise<boolean>;
  /** Changes an open day's limit; the next reservation sees it. What is used stays used; a day not open stays so. */
  setLimit(key: AllowanceKey, limit: number): Promise<void>;
  /**
   * Puts a brake on an open day, or changes the one there; the next reservation sees it.
   * @returns false when the day is not open or has this very brake: nothing changes then
   */
  setBrake(key: AllowanceKey, brake: Brake): Promise<boolean>;
}

export interface OpenedBy {
  readonly pace?: Pace | undefined;
  readonly brake?: Brake | undefined;
}

export interface AllowanceReading {
  readonly key: AllowanceKey;
  readonly allowance: Allowance;
}
