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

/** How far a pool's ramp has come. */
export interface RampMark {
  /** The last day that was opened. */
  readonly day: UtcDay;
  /** Warming IPs of that day. */
  readonly ips: number;
  /** The life cycle's version that the day was last brought in line with. */
  readonly version: number;
}

/** The ramp's decisions, and its progress mark. */
export interface RampRecord {
  /** Undefined before the first day. */
  mark(pool: string): Promise<RampMark | undefined>;
  setMark(pool: string, mark: RampMark): Promise<void>;
  /** Keeps the first decision for its (pool, route, provider, day). @returns the one on record */
  keep(decision: RecordedDecision): Promise<RecordedDecision>;
  /** Puts another decision in the place of the one on record. */
  replace(decision: RecordedDecision): Promise<void>;
  /** All decisions of a pool from one day to another, both included, in order of day. */
  decisions(pool: string, from: UtcDay, to: UtcDay): Promise<readonly RecordedDecision[]>;
}
