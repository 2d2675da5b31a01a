import { routesUnder } from "../domain/quality/routes-under.ts";
import type { WallLevel } from "../domain/quality/wall.ts";
import {
  type DedicatedRouteKind,
  dedicatedRoute,
  type Route,
  sharedRoute,
  sharedRouteName,
} from "../domain/routing/route.ts";
import { roomIn } from "../domain/sending/allowance.ts";
import { takeRoom } from "../domain/sending/share-out.ts";
import { type UtcDay, utcDay } from "../domain/utc-day.ts";
import type { AllowanceLedger } from "../ports/allowance-ledger.ts";
import type { Clock } from "../ports/clock.ts";
import { bodyKeptMs, type HeldMail, type HeldMessage } from "../ports/held-mail.ts";
import type { Log } from "../ports/log.ts";
import type { SendQueue } from "../ports/send-queue.ts";
import { inParallel } from "./in-parallel.ts";
import type { RecentWalls } from "./recent-walls.ts";

export interface ReleasePorts {
  readonly clock: Clock;
  readonly held: HeldMail;
  readonly allowances: AllowanceLedger;
  readonly walls: Pick<RecentWalls, "levels">;
  readonly sendQueue: SendQueue;
  readonly log: Log;
}

/** Most messages one run takes from one pool for one reason. What is left comes with the next run. */
const mostAtOnce = 2_000;

const concurrency = 20;

const dedicatedKinds: readonly DedicatedRouteKind[] = ["warming", "established"];

/**
 * Puts held mail back on the send queue: all whose time has come, and as many of the best as there is room for today.
 * Safe to repeat: a message enqueued twice is claimed once. A message that cannot be put back stays held for the next
 * run; it stops no other.
 * @throws when a pool could not be read, after all others were worked
 * @param deadlineMs - no message is taken up after this moment, epoch ms
 */
export async function releaseHeld(ports: ReleasePorts, deadlineMs: number): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const pools = await ports.held.pools();
  const runs = await Promise.allSettled(pools.map((pool) => releasePool(ports, pool, { nowMs, deadlineMs })));
  const failures = runs.flatMap((run) => (run.status === "rejected" ? [run.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `held mail of ${failures.length} pools was not released`);
}

async function releasePool(
  ports: ReleasePorts,
  pool: string,
  { nowMs, deadlineMs }: { readonly nowMs: number; readonly deadlineMs: number },
): Promise<void> {
  const [due, fitting] = await Promise.all([
    ports.held.due(pool, nowMs, mostAtOnce),
    fittingToday(ports, pool, utcDay(nowMs)),
  ]);
  const isDue = new Set(due.map(({ holdId }) => holdId));
  const chosen = [...due, ...fitting.filter(({ holdId }) => !isDue.has(holdId))];
  let released = 0;
  await inParallel(chosen, concurrency, async (message) => {
    if (ports.clock.nowMs() < deadlineMs && (await release(ports, message))) released += 1;
  });
  if (chosen.length > 0) ports.log.info("HELD_RELEASED", { pool, due: due.length, chosen: chosen.length, released });
}

/** The best that fit today's room at every provider they address, in recipients. */
async function fittingToday(ports: ReleasePorts, pool: string, day: UtcDay): Promise<readonly HeldMessage[]> {
  const providers = await ports.held.waitingProviders(pool);
  if (providers.length === 0) return [];
  const waiting = await Promise.all(providers.map((provider) => ports.held.waiting(pool, provider, mostAtOnce)));
  const messages = waiting.flat().toSorted((one, other) => other.priority - one.priority);
  const demanded = new Set(messages.flatMap(({ demand }) => [...demand.keys()]));
  const levels = await ports.walls.levels();
  // Mail without a pool waited for its stream's wall alone: shared IPs always have room.
  if (pool === sharedRouteName) return messages.filter((message) => isOpen(levels, sharedRoute(pool), message));
  const fitting = new Set<HeldMessage>();
  for (const route of dedicatedKinds) {
    const room = await roomToday(ports, { pool, route, day }, demanded);
    const open = dedicatedRoute(pool, route);
    const left = messages.filter((message) => !fitting.has(message) && isOpen(levels, open, message));
    for (const message of left) if (takeRoom(message.demand, room).size === 0) fitting.add(message);
  }
  return [...fitting];
}

/** False where the wall of a message's stream keeps it back: released, it would only be held again. */
function isOpen(levels: ReadonlyMap<string, WallLevel>, route: Route, { pool, stream }: HeldMessage): boolean {
  return routesUnder(pool, levels.get(stream), [route]).length > 0;
}

async function roomToday(
  { allowances, clock }: ReleasePorts,
  at: { readonly pool: string; readonly route: DedicatedRouteKind; readonly day: UtcDay },
  providers: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const readings = await allowances.read([...providers].map((provider) => ({ ...at, provider })));
  const nowMs = clock.nowMs();
  return new Map(readings.map(({ key, allowance }) => [key.provider, roomIn(allowance, nowMs)]));
}

/** @returns whether the message went back to the send queue */
async function release(ports: ReleasePorts, message: HeldMessage): Promise<boolean> {
  const { held, sendQueue, clock, log } = ports;
  const failed = (error: string): false => {
    log.error("HELD_RELEASE_FAILED", { hold: message.holdId, error });
    return false;
  };
  try {
    const body = await held.body(message);
    const { enqueuedAtMs, claimedAtMs } = message;
    if (body !== undefined) await sendQueue.enqueue({ body, enqueuedAtMs, claimedAtMs });
    else if (clock.nowMs() >= message.untilMs + bodyKeptMs) return failed("BodyExpired");
    // Without a body it was put back before, and a late write of its holding came after.
    await held.remove(message);
    return body !== undefined;
  } catch (error) {
    return failed(error instanceof Error ? error.name : "unknown");
  }
}
