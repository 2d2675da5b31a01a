import { utcDay } from "../../domain/utc-day.ts";
import { rampPool } from "./ramp-pool.ts";
import type { RampPorts, RampSettings } from "./ramp-ports.ts";

const hourMs = 3_600_000;

/**
 * Brings every pool up to date. Asked every hour, it steps once a UTC day: late, repeated or after missed days makes one
 * step.
 * @param scheduledAtMs - the schedule's own time, epoch ms; a late retry belongs to the day it was meant for
 * @throws when a pool failed; the others are done, and the next run takes up what is missing
 */
export async function rampDay(
  ports: RampPorts,
  { pools, providers }: RampSettings,
  scheduledAtMs: number,
): Promise<void> {
  const day = utcDay(scheduledAtMs);
  const hour = Math.floor(scheduledAtMs / hourMs) % 24;
  const listed = await ports.ips.list();
  const failures: unknown[] = [];
  for (const pool of pools.values()) {
    try {
      const allowances = await rampPool(ports, pool, { day, hour, listed, providers });
      if (allowances > 0) ports.log.info("RAMPED", { pool: pool.name, day, allowances });
    } catch (error) {
      ports.log.error("RAMP_FAILED", { pool: pool.name, day, error: String(error) });
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${pools.size} pools were not ramped`);
}
