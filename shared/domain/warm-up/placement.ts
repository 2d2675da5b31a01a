import { dedicatedRoute } from "../routing/route.ts";
import type { UtcDay } from "../utc-day.ts";
import { type KnownIp, type LifeCycle, providersAnew } from "./life-cycle.ts";

/** SES's pool for IPs that nobody moved (SES developer guide, managing IP pools). */
export const sesDefaultPool = "ses-default-dedicated-pool";

/** A dedicated IP as SES lists it now. */
export interface ListedIp {
  readonly ip: string;
  readonly sesPool: string;
  readonly percentage: number;
}

export interface Move {
  readonly ip: string;
  readonly sesPool: string;
  readonly why: string;
}

export interface Placement {
  readonly lifeCycle: LifeCycle;
  readonly moves: readonly Move[];
  /** IPs that were not known before, and what becomes of them, for the audit. */
  readonly arrivals: readonly { readonly ip: string; readonly says: string }[];
}

export interface PlacementFacts {
  readonly lifeCycle: LifeCycle;
  /** IPs the configuration gives the pool. */
  readonly configured: readonly string[];
  readonly listed: readonly ListedIp[];
  readonly day: UtcDay;
  /** Days with mail that the warm-up in force has behind it. */
  readonly daysWarmed: number;
}

/**
 * Where a pool's IPs belong, from its life cycle: new IPs start a warm-up by themselves (guide row 15), join one that
 * begins today, or wait until the one under way is over, since an IP that joined half-way would get a half-warm share at
 * once; IPs of an established pool lie in the established SES pool, recalled ones back in the warming one.
 */
export function placeIps(facts: PlacementFacts): Placement {
  const { lifeCycle, configured, listed } = facts;
  const warming = dedicatedRoute(lifeCycle.pool, "warming").configurationSet;
  const established = dedicatedRoute(lifeCycle.pool, "established").configurationSet;
  const own = listed.filter(({ ip, sesPool }) => configured.includes(ip) || [warming, established].includes(sesPool));
  const fresh = own.filter((each) => isFresh(facts, each));
  const joins = fresh.length > 0 && (lifeCycle.phase !== "warming" || facts.daysWarmed === 0);
  const next = afterArrival(facts, joins);
  const moves = [
    ...(joins ? fresh.map(({ ip }) => ({ ip, sesPool: warming, why: "a new IP warms up" })) : []),
    ...recalled(own, lifeCycle.recall, established).map((ip) => ({
      ip,
      sesPool: warming,
      why: "its warm-up was restarted",
    })),
    ...(lifeCycle.phase === "established" ? own.filter(({ sesPool }) => sesPool === warming) : []).map(({ ip }) => ({
      ip,
      sesPool: established,
      why: "its warm-up is complete",
    })),
  ];
  return {
    lifeCycle: { ...next, recall: [], ips: recorded(facts, fresh, moves) },
    moves,
    arrivals: arrivals(facts, fresh, joins),
  };
}

/** New, or still waiting where it arrived. One that was somewhere else and was moved there by hand is not. */
function isFresh({ lifeCycle, configured }: PlacementFacts, { ip, sesPool }: ListedIp): boolean {
  const known = lifeCycle.ips.find((each) => each.ip === ip);
  return configured.includes(ip) && sesPool === sesDefaultPool && (known?.sesPool ?? sesDefaultPool) === sesDefaultPool;
}

/** A pool without warm-up starts one; an established one warms its new IPs against those it has. */
function afterArrival({ lifeCycle, listed, day }: PlacementFacts, joins: boolean): LifeCycle {
  const warming = dedicatedRoute(lifeCycle.pool, "warming").configurationSet;
  // IPs that somebody put there before anything was on record are a warm-up too: it must be able to end.
  const isUnderWay = lifeCycle.phase === "idle" && listed.some(({ sesPool }) => sesPool === warming);
  if (lifeCycle.phase === "warming" || !(joins || isUnderWay)) return lifeCycle;
  return { ...lifeCycle, phase: "warming", since: day, providers: providersAnew(lifeCycle) };
}

function arrivals({ lifeCycle }: PlacementFacts, fresh: readonly ListedIp[], joins: boolean): Placement["arrivals"] {
  const waits = "waits: the pool's warm-up is under way, and joining it half-way would be a jump";
  return fresh
    .filter(({ ip }) => joins || !lifeCycle.ips.some((each) => each.ip === ip))
    .map(({ ip }) => ({ ip, says: joins ? `${ip} is new: its warm-up starts` : `${ip} is new and ${waits}` }));
}

function recalled(own: readonly ListedIp[], recall: readonly string[], established: string): string[] {
  return own
    .filter(({ ip, sesPool }) => sesPool === established && (recall.includes("*") || recall.includes(ip)))
    .map(({ ip }) => ip);
}

/**
 * The record of the pool's IPs: what this deployment did with them, not what SES lists now, so that the guard can tell
 * the two apart. Only what is moved here, and what arrives, changes it.
 */
function recorded({ lifeCycle, day }: PlacementFacts, fresh: readonly ListedIp[], moves: readonly Move[]): KnownIp[] {
  const arrived = fresh.filter(({ ip }) => !lifeCycle.ips.some((known) => known.ip === ip));
  return [...lifeCycle.ips, ...arrived.map((each) => ({ ...each, since: day }))].map((known) => ({
    ...known,
    sesPool: moves.find(({ ip }) => ip === known.ip)?.sesPool ?? known.sesPool,
  }));
}
