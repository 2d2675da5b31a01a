import type { Pool } from "../../domain/routing/pool.ts";
import { type UtcDay, utcDay } from "../../domain/utc-day.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DedicatedIp, DedicatedIps } from "../../ports/dedicated-ips.ts";
import { type IpStatus, ipsOfPool } from "./ip-status.ts";
import { type KeepWarmAdvice, keepWarmAdvice } from "./keep-warm.ts";
import { type ProviderProgress, providerProgress } from "./provider-progress.ts";
import { type PoolFacts, readPoolFacts, type WarmUpPorts } from "./read-pool-facts.ts";

export interface IpPorts extends WarmUpPorts {
  readonly clock: Clock;
  readonly ips: Pick<DedicatedIps, "list">;
}

/** Every dedicated IP there is, of the configuration, on record and at SES (guide rows 11 and 24); plain JSON. */
export interface KnownIps {
  readonly day: UtcDay;
  readonly ips: readonly IpWithProgress[];
  readonly pools: readonly PoolProgress[];
}

export interface IpWithProgress extends IpStatus {
  /** For a warming IP: its part of the pool's progress, recipients per IP and day. */
  readonly progress: readonly ProviderProgress[];
}

export interface PoolProgress {
  readonly pool: string;
  readonly providers: readonly ProviderProgress[];
  /** Where the pool has more IPs than its mail keeps warm. */
  readonly advice?: KeepWarmAdvice | undefined;
}

/** Compares what SES lists now with the configuration and the record. Changes nothing. */
export async function readIps(ports: IpPorts, pools: ReadonlyMap<string, Pool>): Promise<KnownIps> {
  const today = utcDay(ports.clock.nowMs());
  const [listed, facts] = await Promise.all([
    ports.ips.list(),
    Promise.all([...pools.values()].map((pool) => readPoolFacts(ports, pool, today))),
  ]);
  const configured = new Set([...pools.values()].flatMap(({ ips }) => ips));
  const found = facts.map((each) => {
    // An IP that lies in another pool's SES pool is told where it belongs.
    const elsewhere = listed.filter(({ ip }) => configured.has(ip) && !each.pool.ips.includes(ip));
    return inOnePool(
      each,
      listed.filter((one) => !elsewhere.includes(one)),
    );
  });
  const known = new Set(found.flatMap(({ ips }) => ips.map(({ ip }) => ip)));
  return {
    day: today,
    ips: [...found.flatMap(({ ips }) => ips), ...listed.filter(({ ip }) => !known.has(ip)).map(ofNoPool)],
    pools: found.map(({ pool }) => pool),
  };
}

function inOnePool(
  facts: PoolFacts,
  listed: readonly DedicatedIp[],
): { readonly ips: readonly IpWithProgress[]; readonly pool: PoolProgress } {
  const { pool, lifeCycle, histories, today, warmingIps } = facts;
  const providers = providerProgress(facts);
  const ips = ipsOfPool({ pool, lifeCycle, listed, today });
  const each = providers.map((progress) => perIp(progress, Math.max(1, warmingIps)));
  const paid = ips.filter(({ state }) => state !== "not-listed-by-ses").length;
  const { name, plan } = pool;
  return {
    ips: ips.map((ip) => ({ ...ip, progress: ip.state === "warming" ? each : [] })),
    pool: {
      pool: name,
      providers,
      advice: keepWarmAdvice({ pool: name, ips: paid, floorPerIp: plan.floorPerIp, histories, today }),
    },
  };
}

/** SES spreads a pool's mail evenly over its IPs. */
function perIp(progress: ProviderProgress, ips: number): ProviderProgress {
  return { ...progress, level: Math.floor(progress.level / ips), target: Math.floor(progress.target / ips) };
}

function ofNoPool({ ip, sesPool, percentage }: DedicatedIp): IpWithProgress {
  return { ip, sesPool, percentage, state: "unknown-to-the-configuration", progress: [] };
}
