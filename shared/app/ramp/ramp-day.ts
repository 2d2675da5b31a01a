import type { Pool } from "../../domain/routing/pool.ts";
import { dedicatedRoute } from "../../domain/routing/route.ts";
import { utcDay } from "../../domain/utc-day.ts";
import type { DedicatedIp, DedicatedIps } from "../../ports/dedicated-ips.ts";
import type { Log } from "../../ports/log.ts";
import { type RampPoolPorts, rampPool } from "./ramp-pool.ts";

export interface RampPorts extends RampPoolPorts {
  readonly ips: DedicatedIps;
  readonly log: Log;
}

export interface RampSettings {
  readonly pools: ReadonlyMap<string, Pool>;
  /** Every mailbox provider that has an allowance of its own. */
  readonly providers: readonly string[];
}

/** SES's pool for IPs that nobody moved (SES developer guide, managing IP pools). */
const sesDefaultPool = "ses-default-dedicated-pool";

/**
 * Opens the day of every pool that has not been opened yet. Asked every hour, it steps once a UTC day: late, repeated
 * or after missed days makes one step.
 * @param scheduledAtMs - the schedule's own time, epoch ms; a late retry belongs to the day it was meant for
 * @throws when a pool failed; the others are done, and the next run takes up what is missing
 */
export async function rampDay(
  ports: RampPorts,
  { pools, providers }: RampSettings,
  scheduledAtMs: number,
): Promise<void> {
  const day = utcDay(scheduledAtMs);
  const due = await poolsToRamp(ports, pools, day);
  if (due.length === 0) return;
  const failures: unknown[] = [];
  const ips = await assignNewIps(ports, due, await ports.ips.list());
  for (const pool of due) {
    try {
      const allowances = await rampPool(ports, pool, providers, { day, ips });
      ports.log.info("RAMPED", { pool: pool.name, day, allowances });
    } catch (error) {
      ports.log.error("RAMP_FAILED", { pool: pool.name, day, error: String(error) });
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${due.length} pools were not ramped`);
}

async function poolsToRamp({ record }: RampPorts, pools: RampSettings["pools"], day: string): Promise<Pool[]> {
  const marks = await Promise.all(
    [...pools.values()].map(async (pool) => ({ pool, last: await record.rampedDay(pool.name) })),
  );
  // A day that lies before the last one ramped is an old retry: the later step stands.
  return marks.filter(({ last }) => last === undefined || last < day).map(({ pool }) => pool);
}

/** Moves the pool's own IPs that still lie in SES's default pool to its warming SES pool. */
async function assignNewIps(
  { ips, log }: RampPorts,
  pools: readonly Pool[],
  listed: readonly DedicatedIp[],
): Promise<DedicatedIp[]> {
  const placed: DedicatedIp[] = [];
  for (const each of listed) {
    const owner = each.sesPool === sesDefaultPool ? pools.find((pool) => pool.ips.includes(each.ip)) : undefined;
    if (owner === undefined) {
      placed.push(each);
      continue;
    }
    const sesPool = dedicatedRoute(owner.name, "warming").configurationSet;
    try {
      await ips.assign(each.ip, sesPool);
      log.info("IP_ASSIGNED", { ip: each.ip, sesPool });
      placed.push({ ...each, sesPool });
    } catch (error) {
      log.error("IP_NOT_ASSIGNED", { ip: each.ip, sesPool, error: String(error) });
      placed.push(each);
    }
  }
  return placed;
}
