import type { DedicatedRouteKind } from "../domain/routing/route.ts";
import type { UtcDay } from "../domain/utc-day.ts";

/** One allowance decision, kept for good: what was decided, by which rule, and why in words. */
export interface RecordedDecision {
  readonly pool: string;
  readonly route: DedicatedRouteKind;
  readonly provider: string;
  readonly day: UtcDay;
  readonly allowance: number;
  readonly rule: string;
  readonly why: string;
}

/** The audit of the ramp, and its progress mark. */
export interface RampRecord {
  /** The last day a pool's ramp was completed for; undefined before the first. */
  rampedDay(pool: string): Promise<UtcDay | undefined>;
  markRamped(pool: string, day: UtcDay): Promise<void>;
  /** Keeps the first decision for its (pool, route, provider, day). @returns the one on record */
  keep(decision: RecordedDecision): Promise<RecordedDecision>;
  /** All decisions of a pool from one day to another, both included, in order of day. */
  decisions(pool: string, from: UtcDay, to: UtcDay): Promise<readonly RecordedDecision[]>;
}
