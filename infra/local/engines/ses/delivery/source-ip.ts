import { draw } from "../../../../../shared/domain/provider-model/draw.ts";
import type { SesEngineOptions } from "../options.ts";
import { ofRoute } from "../refusals.ts";
import type { ConfigurationSet, DedicatedIp, Registry } from "../state/registry.ts";
import { warmupOf } from "./warm-up-percentage.ts";

/** Dedicated IPs that are in no pool of their own. */
export const defaultPool = "ses-default-dedicated-pool";
/** The IPs that all customers share. */
export const sharedPool = "ses-shared-pool";

/** From the range for documentation, so that nothing here can be taken for a real IP. */
const sharedIps = Array.from({ length: 8 }, (_unused, i) => `198.51.100.${i + 10}`);

/** Where a message leaves from. */
export interface SourceIp {
  readonly ip: string;
  readonly dedicated: boolean;
}

/** Chooses the source IP as SES does: configuration set, its pool, an IP of that pool in turn. */
export class SourceIps {
  readonly #registry: Registry;
  readonly #options: Pick<SesEngineOptions, "overflowBelowFull" | "seed">;
  readonly #turns = new Map<string, number>();

  constructor(registry: Registry, options: Pick<SesEngineOptions, "overflowBelowFull" | "seed">) {
    this.#registry = registry;
    this.#options = options;
  }

  choose(set: ConfigurationSet | undefined, n: number, nowMs: number): SourceIp {
    const poolName = set?.sendingPoolName;
    if (poolName === sharedPool) return this.#shared();
    const ips = this.#ipsOf(poolName ?? defaultPool);
    const chosen = ips[this.#turn(poolName ?? defaultPool, ips.length)];
    if (chosen === undefined) {
      if (poolName !== undefined && poolName !== defaultPool) this.#refuseEmptyPool(poolName);
      return this.#shared();
    }
    return this.#overflows(chosen, n, nowMs) ? this.#shared() : { ip: chosen.ip, dedicated: true };
  }

  #ipsOf(poolName: string): DedicatedIp[] {
    return this.#registry.ips.values().filter((ip) => ip.poolName === poolName);
  }

  /** A managed pool without IPs begins on the shared ones; a pool of one's own never does. */
  #refuseEmptyPool(poolName: string): void {
    const pool = this.#registry.pools.get(poolName);
    if (pool === undefined) throw ofRoute.noPool(poolName);
    if (pool.scalingMode !== "MANAGED") throw ofRoute.poolWithoutIps(poolName);
  }

  #overflows(ip: DedicatedIp, n: number, nowMs: number): boolean {
    if (this.#options.overflowBelowFull !== "shared") return false;
    return draw(this.#options.seed ?? 1, n) * 100 >= warmupOf(ip, nowMs).percentage;
  }

  #shared(): SourceIp {
    return { ip: sharedIps[this.#turn(sharedPool, sharedIps.length)] ?? "198.51.100.10", dedicated: false };
  }

  #turn(poolName: string, length: number): number {
    const turn = this.#turns.get(poolName) ?? 0;
    this.#turns.set(poolName, turn + 1);
    return turn % Math.max(1, length);
  }
}

export function isSharedIp(ip: string): boolean {
  return sharedIps.includes(ip);
}
