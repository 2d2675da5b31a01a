import type { Pool } from "../../domain/routing/pool.ts";
import { dedicatedRoute } from "../../domain/routing/route.ts";
import { dayNumber, type UtcDay } from "../../domain/utc-day.ts";
import type { LifeCycle } from "../../domain/warm-up/life-cycle.ts";
import { type ListedIp, sesDefaultPool } from "../../domain/warm-up/placement.ts";

/**
 * Where an IP stands. `waiting`: it came while others warm up, and starts when they are done. `not-assigned`: it lies
 * in none of its pool's SES pools; the ramp takes it out of SES's default one, out of others only a person does.
 */
export type IpState =
  | "warming"
  | "waiting"
  | "established"
  | "not-assigned"
  | "not-listed-by-ses"
  | "unknown-to-the-configuration";

export interface IpStatus {
  readonly ip: string;
  /** The pool it belongs to; none for an IP of the account that no pool has. */
  readonly pool?: string | undefined;
  readonly state: IpState;
  /** None when SES does not list it. */
  readonly sesPool?: string | undefined;
  /** SES's own warm-up percentage: 100 leaves the split to us; -1 in a managed pool. */
  readonly percentage?: number | undefined;
  /** The day it was first seen. */
  readonly since?: UtcDay | undefined;
  /** 1 on the first day of its warm-up; none when it does not warm up. */
  readonly warmUpDay?: number | undefined;
}

export interface IpFacts {
  readonly pool: Pick<Pool, "name" | "ips">;
  readonly lifeCycle: LifeCycle;
  /** As SES lists them now; left out where SES is not asked, and the record is what there is. */
  readonly listed?: readonly ListedIp[] | undefined;
  readonly today: UtcDay;
}

/** Every IP of a pool: those the configuration gives it, those on record, those in its SES pools. */
export function ipsOfPool({ pool, lifeCycle, listed, today }: IpFacts): readonly IpStatus[] {
  const own = (listed ?? lifeCycle.ips).filter(({ ip, sesPool }) => pool.ips.includes(ip) || isOwn(pool.name, sesPool));
  const addresses = new Set([...pool.ips, ...own.map(({ ip }) => ip), ...lifeCycle.ips.map(({ ip }) => ip)]);
  return [...addresses].map((ip) => {
    const found = own.find((each) => each.ip === ip);
    const since = lifeCycle.ips.find((each) => each.ip === ip)?.since;
    const isMissing = listed !== undefined && found === undefined;
    const state = isMissing ? "not-listed-by-ses" : stateOf(found, { ip, pool, lifeCycle });
    const { sesPool, percentage } = found ?? {};
    const start = state === "warming" && lifeCycle.phase === "warming" ? lifeCycle.since : undefined;
    const warmUpDay = start === undefined ? undefined : dayNumber(today) - dayNumber(start) + 1;
    return { ip, pool: pool.name, state, sesPool, percentage, since, warmUpDay };
  });
}

function stateOf(
  found: ListedIp | undefined,
  { ip, pool, lifeCycle }: Pick<IpFacts, "pool" | "lifeCycle"> & { readonly ip: string },
): IpState {
  if (!pool.ips.includes(ip)) return "unknown-to-the-configuration";
  if (found === undefined) return "not-assigned";
  if (found.sesPool === dedicatedRoute(pool.name, "warming").configurationSet) return "warming";
  if (found.sesPool === dedicatedRoute(pool.name, "established").configurationSet) return "established";
  const isKnown = lifeCycle.ips.some((each) => each.ip === ip);
  return found.sesPool === sesDefaultPool && lifeCycle.phase === "warming" && isKnown ? "waiting" : "not-assigned";
}

function isOwn(pool: string, sesPool: string): boolean {
  return (["warming", "established"] as const).some((kind) => dedicatedRoute(pool, kind).configurationSet === sesPool);
}
