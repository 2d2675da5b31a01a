import type { Pace } from "../sending/pace.ts";
import type { UtcDay } from "../utc-day.ts";
import type { History } from "./history.ts";

/** Why a day's allowance is what it is. */
export type RampRule =
  | "start"
  | "grow"
  | "unproven"
  | "refused"
  | "cut-refused"
  | "complaints"
  | "estimated"
  | "after-block"
  | "cut-complaints"
  | "braked"
  | "cooled"
  | "held"
  | "paused"
  | "not-a-sending-day"
  | "target-reached"
  | "governed"
  | "no-ips"
  | "not-begun"
  | "by-hand";

export interface RampDecision {
  /** Recipients this pool may send to this provider on the day, over all its IPs of the route. */
  readonly allowance: number;
  readonly rule: RampRule;
  /** In words, with the figures that decided. */
  readonly why: string;
  /** How the day opens; at once when left out. */
  readonly pace?: Pace | undefined;
}

export interface RampFacts {
  /** The day to decide for. */
  readonly day: UtcDay;
  /** Warming IPs of the pool, at least 1. */
  readonly ips: number;
  readonly history: History;
  /** Nothing may leave by warming IPs. */
  readonly paused: boolean;
  /** Why nothing may grow, in words: a guard's finding, an unhealthy account. */
  readonly hold?: string | undefined;
}
