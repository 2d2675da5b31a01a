import * as z from "zod";
import type { SesContext } from "../context.ts";
import { defaultPool, sharedPool } from "../delivery/source-ip.ts";
import { control, type Operation } from "../operation.ts";
import { ofPool } from "../refusals.ts";
import { SesError } from "../ses-error.ts";
import { pageFields, pageOf } from "./paging.ts";

const maxPools = 50;
const PoolName = z.string().regex(/^[a-z0-9_-]{1,64}$/);
const ScalingMode = z.enum(["STANDARD", "MANAGED"]);
const OnePool = z.object({ PoolName: z.string() });

function findPool({ registry }: SesContext, name: string): { name: string; scalingMode: "STANDARD" | "MANAGED" } {
  if (name === defaultPool || name === sharedPool) throw ofPool.reserved();
  const pool = registry.pools.get(name);
  if (pool === undefined) throw ofPool.missing(name);
  return pool;
}

export const dedicatedIpPoolOperations: Operation[] = [
  control(
    { action: "CreateDedicatedIpPool", method: "POST", path: "/dedicated-ip-pools" },
    z.object({ PoolName, ScalingMode: ScalingMode.optional() }),
    ({ registry }, { PoolName: name, ScalingMode: scalingMode = "STANDARD" }) => {
      if (name === defaultPool || name === sharedPool || registry.pools.has(name)) {
        throw ofPool.exists(name);
      }
      if (registry.pools.values().length >= maxPools)
        throw new SesError("LimitExceededException", "Too many dedicated IP pools.");
      registry.pools.put(name, { name, scalingMode });
      return {};
    },
  ),
  control(
    { action: "ListDedicatedIpPools", method: "GET", path: "/dedicated-ip-pools" },
    z.object(pageFields),
    ({ registry }, input) => {
      const names = [...registry.pools.values().map(({ name }) => name), defaultPool, sharedPool];
      const { items, token } = pageOf(names, input);
      return { DedicatedIpPools: items, ...token };
    },
  ),
  control(
    { action: "GetDedicatedIpPool", method: "GET", path: "/dedicated-ip-pools/{PoolName}" },
    OnePool,
    (context, input) => {
      const pool = findPool(context, input.PoolName);
      return { DedicatedIpPool: { PoolName: pool.name, ScalingMode: pool.scalingMode } };
    },
  ),
  control(
    { action: "DeleteDedicatedIpPool", method: "DELETE", path: "/dedicated-ip-pools/{PoolName}" },
    OnePool,
    (context, input) => {
      const { name, scalingMode } = findPool(context, input.PoolName);
      const holdsIps = context.registry.ips.values().some((ip) => ip.poolName === name);
      if (scalingMode === "STANDARD" && holdsIps) throw ofPool.holdsIps(name);
      context.registry.pools.delete(name);
      return {};
    },
  ),
  control(
    { action: "PutDedicatedIpPoolScalingAttributes", method: "PUT", path: "/dedicated-ip-pools/{PoolName}/scaling" },
    OnePool.extend({ ScalingMode: z.string().optional() }),
    (context, { PoolName: name, ScalingMode: wanted }) => {
      const { data: scalingMode } = ScalingMode.safeParse(wanted);
      if (scalingMode === undefined) throw ofPool.wrongScaling();
      const pool = findPool(context, name);
      if (pool.scalingMode === "MANAGED" && scalingMode === "STANDARD") throw ofPool.wrongScaling();
      context.registry.pools.put(name, { name, scalingMode });
      return {};
    },
  ),
];
