import type { RouteKind } from "../domain/routing/route.ts";
import type { UtcDay } from "../domain/utc-day.ts";

/** What SES's events said of the mail admitted on one day, in recipients. */
export interface OutcomeCounts {
  readonly accepted: number;
  readonly delivered: number;
  readonly deferred: number;
  readonly blocked: number;
  readonly bounced: number;
  readonly complained: number;
}

export interface OutcomeKey {
  readonly pool: string;
  readonly route: RouteKind;
  readonly provider: string;
  /** The day that admitted the mail, whenever the event came. */
  readonly day: UtcDay;
}

export interface OutcomeReading {
  readonly key: OutcomeKey;
  readonly counts: OutcomeCounts;
}

export interface OutcomeStore {
  /** Adds counts in one write. */
  add(key: OutcomeKey, counts: Partial<OutcomeCounts>): Promise<void>;
  /** All counts of a pool and day. */
  read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]>;
}
