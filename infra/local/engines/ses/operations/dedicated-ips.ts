import * as z from "zod";
import type { SesContext } from "../context.ts";
import { defaultPool, sharedPool } from "../delivery/source-ip.ts";
import { warmupOf } from "../delivery/warm-up-percentage.ts";
import { control, type Operation } from "../operation.ts";
import { ofPool } from "../refusals.ts";
import type { DedicatedIp } from "../state/registry.ts";
import { pageFields, pageOf } from "./paging.ts";
import { arnOf } from "./sender.ts";

const OneIp = z.object({ Ip: z.string() });

function findIp({ registry }: SesContext, ip: string): DedicatedIp {
  const found = registry.ips.get(ip);
  if (found === undefined) throw ofPool.noIp(ip);
  return found;
}

function shown({ registry, nowMs }: SesContext, ip: DedicatedIp): object {
  const managed = registry.pools.get(ip.poolName)?.scalingMode === "MANAGED";
  const { percentage, status } = warmupOf(ip, nowMs());
  const warmup = managed
    ? { WarmupStatus: "NOT_APPLICABLE", WarmupPercentage: -1 }
    : { WarmupStatus: status, WarmupPercentage: percentage };
  return { Ip: ip.ip, ...warmup, PoolName: ip.poolName };
}

export const dedicatedIpOperations: Operation[] = [
  control(
    { action: "GetDedicatedIps", method: "GET", path: "/dedicated-ips" },
    z.object({ ...pageFields, PoolName: z.string().optional() }),
    (context, input) => {
      const { PoolName: name } = input;
      const known = name === undefined || [defaultPool, sharedPool].includes(name) || context.registry.pools.has(name);
      if (!known) throw ofPool.missing(name);
      const ips = context.registry.ips.values().filter((ip) => name === undefined || ip.poolName === name);
      const { items, token } = pageOf(ips, input);
      return { DedicatedIps: items.map((ip) => shown(context, ip)), ...token };
    },
  ),
  control({ action: "GetDedicatedIp", method: "GET", path: "/dedicated-ips/{Ip}" }, OneIp, (context, input) => ({
    DedicatedIp: shown(context, findIp(context, input.Ip)),
  })),
  control(
    {
      action: "PutDedicatedIpInPool",
      method: "PUT",
      path: "/dedicated-ips/{Ip}/pool",
      resourcesOf: (caller, context, { DestinationPoolName: pool }) => [
        arnOf(context, caller, `dedicated-ip-pool/${pool}`),
      ],
    },
    OneIp.extend({ DestinationPoolName: z.string().default("") }),
    (context, { Ip, DestinationPoolName: poolName }) => {
      if (poolName === "") throw ofPool.noName();
      const ip = findIp(context, Ip);
      if (poolName !== defaultPool && !context.registry.pools.has(poolName)) throw ofPool.missing(poolName);
      context.registry.ips.put(Ip, { ...ip, poolName });
      return {};
    },
  ),
  control(
    { action: "PutDedicatedIpWarmupAttributes", method: "PUT", path: "/dedicated-ips/{Ip}/warmup" },
    OneIp.extend({ WarmupPercentage: z.number().int().optional() }),
    (context, { Ip, WarmupPercentage: percentage }) => {
      if (percentage === undefined) throw ofPool.noPercentage();
      if (percentage < 0 || percentage > 100) throw ofPool.wrongPercentage();
      // Set by hand: the calendar no longer moves it.
      const { autoSinceMs: _autoSinceMs, ...ip } = findIp(context, Ip);
      context.registry.ips.put(Ip, { ...ip, percentage });
      return {};
    },
  ),
];
