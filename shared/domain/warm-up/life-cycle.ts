import type { UtcDay } from "../utc-day.ts";

/**
 * Where a pool's warm-up stands. `idle`: it has no IPs, or its warm-up was not started. `warming`: some of its IPs warm
 * up. `established`: all of its IPs are warm.
 */
export type PoolPhase = "idle" | "warming" | "established";

/** What an operator set for one provider of a pool, and what the ramp found. */
export interface ProviderLifeCycle {
  /** No mail by warming IPs, no progress, until it is resumed. */
  readonly paused: boolean;
  /** The day the provider's warm-up was found complete; undefined while it warms up. */
  readonly graduatedOn?: UtcDay | undefined;
  /** Facts of days before this one are forgotten: the warm-up began anew. */
  readonly since?: UtcDay | undefined;
}

/** One IP the deployment knows. */
export interface KnownIp {
  readonly ip: string;
  /** The SES pool it was in at the last look. */
  readonly sesPool: string;
  /** SES's own warm-up percentage at the last look; -1 in a managed pool. */
  readonly percentage: number;
  /** The day it was first seen. */
  readonly since: UtcDay;
}

/** Why a pool's allowances do not grow, found by the guard; see guard.ts. */
export interface GuardHold {
  readonly code: string;
  /** In words, with what to do. */
  readonly sentence: string;
  readonly since: UtcDay;
}

/** A pool's life cycle; one item in the state table, changed only on condition of its version. */
export interface LifeCycle {
  readonly pool: string;
  readonly phase: PoolPhase;
  /** No mail by warming IPs, no progress, until it is resumed. */
  readonly paused: boolean;
  /** The user warms by hand: nothing is limited, the guard still warns (guide row 21). */
  readonly disabled: boolean;
  /** First day of the warm-up in force; facts of earlier days are forgotten. */
  readonly since?: UtcDay | undefined;
  readonly providers: Readonly<Record<string, ProviderLifeCycle | undefined>>;
  readonly ips: readonly KnownIp[];
  /** Established IPs that go back to the warming SES pool with the ramp's next run; "*" for all of them. */
  readonly recall: readonly string[];
  readonly holds: readonly GuardHold[];
  /** Rises with every change. 0: nothing is stored yet. */
  readonly version: number;
}

/** A pool nothing is known of. */
export function newLifeCycle(pool: string): LifeCycle {
  return {
    pool,
    phase: "idle",
    paused: false,
    disabled: false,
    providers: {},
    ips: [],
    recall: [],
    holds: [],
    version: 0,
  };
}

/** The state of one provider of a pool; a provider nobody touched warms up like its pool. */
export function providerLifeCycle({ providers }: LifeCycle, provider: string): ProviderLifeCycle {
  return (Object.hasOwn(providers, provider) ? providers[provider] : undefined) ?? { paused: false };
}

/** The providers of a warm-up that begins anew: what an operator paused stays paused. */
export function providersAnew({ providers }: LifeCycle): LifeCycle["providers"] {
  return Object.fromEntries(
    Object.entries(providers)
      .filter(([, own]) => own?.paused)
      .map(([provider]) => [provider, { paused: true }]),
  );
}
