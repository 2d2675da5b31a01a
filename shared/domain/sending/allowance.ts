import type { DedicatedRouteKind } from "../routing/route.ts";
import type { UtcDay } from "../utc-day.ts";

/** What an allowance is counted for. */
export interface AllowanceKey {
  readonly pool: string;
  readonly route: DedicatedRouteKind;
  readonly provider: string;
  readonly day: UtcDay;
}

/** Recipients a pool's route may send to one provider in one UTC day, and what is spent of it. */
export interface Allowance {
  readonly limit: number;
  readonly used: number;
  /** Rises with every change of the limit, so that a reservation made with an older limit is refused. */
  readonly epoch: number;
}

/** Text form of a key, for maps. */
export function allowanceKeyText({ pool, route, provider, day }: AllowanceKey): string {
  return `${pool}/${route}/${provider}/${day}`;
}

/** Recipients that still fit; 0 when the limit was lowered below what is used. */
export function roomIn({ limit, used }: Allowance): number {
  return Math.max(0, limit - used);
}
