import { type BrakeInForce, openUnder } from "../brakes/brake.ts";
import type { DedicatedRouteKind } from "../routing/route.ts";
import { dayMs, type UtcDay } from "../utc-day.ts";
import { openPart, type Pace } from "./pace.ts";

/** One UTC day of a pool's route; it has an allowance for each mailbox provider. */
export interface RouteDay {
  readonly pool: string;
  readonly route: DedicatedRouteKind;
  readonly day: UtcDay;
}

/** What an allowance is counted for. */
export interface AllowanceKey extends RouteDay {
  readonly provider: string;
}

/** Recipients a pool's route may send to one provider in one UTC day, and what is spent of it. */
export interface Allowance {
  readonly limit: number;
  readonly used: number;
  /** Rises with every change of limit or brake, so that a reservation made with an older view is refused. */
  readonly epoch: number;
  /** How the day opens; at once when left out. */
  readonly pace?: Pace | undefined;
  /** The day's last brake, in force or over; undefined when the day had none. */
  readonly brake?: BrakeInForce | undefined;
}

/** Text form of a key, for maps. */
export function allowanceKeyText({ pool, route, provider, day }: AllowanceKey): string {
  return `${pool}/${route}/${provider}/${day}`;
}

/** Recipients that may be used in all at a moment (epoch ms): what pace and brake leave of the limit. */
export function openOf(allowance: Allowance, nowMs: number): number {
  const { limit, brake } = allowance;
  const paced = pacedOf(allowance, nowMs);
  return brake === undefined ? paced : Math.min(paced, openUnder(brake, limit, nowMs));
}

/** What the pace alone leaves of the limit. */
function pacedOf({ limit, pace = "open" }: Allowance, nowMs: number): number {
  return Math.ceil(limit * openPart(pace, hourOf(nowMs)));
}

const hourMs = 3_600_000;

/** Hour of the UTC day, 0 to 23. */
function hourOf(nowMs: number): number {
  return Math.floor((nowMs % dayMs) / hourMs);
}

/** Recipients that still fit at a moment (epoch ms); 0 when less is open than is used. */
export function roomIn(allowance: Allowance, nowMs: number): number {
  return Math.max(0, openOf(allowance, nowMs) - allowance.used);
}

/** Why an allowance has no room: none for the day, all of it used, or the rest not yet open by its pace or a brake. */
export type RoomReason = "no-allowance" | "spent" | "not-open-yet" | "braked";

/**
 * Why some recipients do not fit an allowance at a moment (epoch ms), undefined when they do. Of pace and brake the one that
 * opens less is named.
 * @param allowance - undefined for a day that is not open
 */
export function whyNoRoom(allowance: Allowance | undefined, recipients: number, nowMs: number): RoomReason | undefined {
  if (allowance === undefined || allowance.limit === 0) return "no-allowance";
  if (roomIn(allowance, nowMs) >= recipients) return undefined;
  if (allowance.used + recipients > allowance.limit) return "spent";
  return openOf(allowance, nowMs) < pacedOf(allowance, nowMs) ? "braked" : "not-open-yet";
}
