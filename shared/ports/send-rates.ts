import type { KnownRate } from "../domain/sending/rate-share.ts";

/** What the deployment knows of the account's sending rate, and the count of environments that are at its limit. */
export interface SendRates {
  /** Keeps the account's rate, recipients a second, for every environment to see. */
  tell(perSecond: number): Promise<void>;
  /** Counts one environment in a period. @returns what is known now */
  count(period: number): Promise<KnownRate>;
}
