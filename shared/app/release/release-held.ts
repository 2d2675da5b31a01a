import type { Deployment } from "../../domain/routing/route-search.ts";
import { releasePool } from "./release-pool.ts";
import { type ReleasePorts, releaseLimits } from "./release-run.ts";
import { SeenRoom } from "./seen-room.ts";

/**
 * Puts held mail back on the send queue: all whose time has come, and the best of what a route is open to now, by the same
 * search that the dispatcher makes. Safe to repeat: a message enqueued twice is claimed once. A message that cannot be
 * put back stays held for the next run; it stops no other.
 * @param deadlineMs - no message is taken up after this moment, epoch ms
 * @throws when a pool could not be read, after all others were worked
 */
export async function releaseHeld(
  ports: ReleasePorts,
  deployment: Deployment,
  deadlineMs: number,
  limits = releaseLimits,
): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const [pools, walls, known] = await Promise.all([ports.held.pools(), ports.walls.levels(), ports.circuits.openNow()]);
  const room = new SeenRoom(ports.allowances, nowMs);
  // One that has had its time stops nothing here: somebody has to ask SES, and there may be no other mail.
  const circuits = new Map([...known].filter(([, { untilMs }]) => untilMs > nowMs));
  const run = { ports, deployment, stops: { walls, circuits }, room, nowMs, deadlineMs, limits };
  const runs = await Promise.allSettled(pools.map((pool) => releasePool(run, pool)));
  const failures = runs.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `held mail of ${failures.length} pools was not released`);
}
