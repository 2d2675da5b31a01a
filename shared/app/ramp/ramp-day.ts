import { errorText } from "../../domain/errors.ts";
import { utcDay } from "../../domain/utc-day.ts";
import { toleratedMs } from "../clock/trust-clock.ts";
import { EarlyRunError } from "./early-run-error.ts";
import { type RampResult, rampPool } from "./ramp-pool.ts";
import type { RampPorts, RampSettings } from "./ramp-ports.ts";

const hourMs = 3_600_000;

/**
 * Brings every pool up to date. Asked every hour, it steps once a UTC day: late, repeated or after missed days makes one
 * step.
 * @param scheduledAtMs - the schedule's own time, epoch ms; a late retry belongs to the day it was meant for
 * @returns what it came to, by pool
 * @throws EarlyRunError for a time still to come; else when a pool failed: the others are done, and the next run takes up
 * what is missing
 */
export async function rampDay(
  ports: RampPorts,
  { pools, providers }: RampSettings,
  scheduledAtMs: number,
): Promise<ReadonlyMap<string, RampResult>> {
  const nowMs = ports.clock.nowMs();
  if (scheduledAtMs > nowMs + toleratedMs) throw new EarlyRunError(scheduledAtMs, nowMs);
  const day = utcDay(scheduledAtMs);
  const hour = Math.floor(scheduledAtMs / hourMs) % 24;
  const latest = utcDay(nowMs + toleratedMs);
  const listed = await ports.ips.list();
  const results = new Map<string, RampResult>();
  const failures: unknown[] = [];
  for (const pool of pools.values()) {
    try {
      const result = await rampPool(ports, pool, { day, hour, latest, listed, providers });
      results.set(pool.name, result);
      tell(ports, { pool: pool.name, day }, result);
    } catch (error) {
      ports.log.error("RAMP_FAILED", { pool: pool.name, day, error: errorText(error) });
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${pools.size} pools were not ramped`);
  return results;
}

function tell({ log }: RampPorts, of: { readonly pool: string; readonly day: string }, result: RampResult): void {
  if (result.kind === "passed-over") log.info("RAMP_PASSED_OVER", { ...of, opened: result.opened });
  else if (result.changes > 0) log.info("RAMPED", { ...of, allowances: result.changes });
}
