import type { Pool } from "../domain/routing/pool.ts";
import { type DedicatedRouteKind, sharedRouteName } from "../domain/routing/route.ts";
import { roomIn } from "../domain/sending/allowance.ts";
import { type UtcDay, utcDay } from "../domain/utc-day.ts";
import type { AllowanceLedger } from "../ports/allowance-ledger.ts";
import type { Clock } from "../ports/clock.ts";
import type { HeldMail, HeldMessage } from "../ports/held-mail.ts";
import type { Log } from "../ports/log.ts";
import type { SendQueue } from "../ports/send-queue.ts";
import { inParallel } from "./in-parallel.ts";

export interface ReleasePorts {
  readonly clock: Clock;
  readonly held: HeldMail;
  readonly allowances: AllowanceLedger;
  readonly sendQueue: SendQueue;
  readonly log: Log;
}

/** Most messages one run takes from one pool for one reason. What is left comes with the next run. */
const mostAtOnce = 500;

const concurrency = 10;

const dedicatedKinds: readonly DedicatedRouteKind[] = ["warming", "established"];

/**
 * Puts held mail back on the send queue: all whose time has come, and as many of the best as there is room for today.
 * Safe to repeat: a message enqueued twice is claimed once.
 */
export async function releaseHeld(ports: ReleasePorts, pools: ReadonlyMap<string, Pool>): Promise<void> {
  const nowMs = ports.clock.nowMs();
  await Promise.all([...pools.keys(), sharedRouteName].map((pool) => releasePool(ports, pool, nowMs)));
}

async function releasePool(ports: ReleasePorts, pool: string, nowMs: number): Promise<void> {
  const [due, fitting] = await Promise.all([
    ports.held.due(pool, nowMs, mostAtOnce),
    fittingToday(ports, pool, utcDay(nowMs)),
  ]);
  const isDue = new Set(due.map(({ id }) => id));
  const released = [...due, ...fitting.filter(({ id }) => !isDue.has(id))];
  await release(ports, released);
  if (released.length > 0) ports.log.info("RELEASED", { pool, messages: released.length, due: due.length });
}

async function fittingToday(ports: ReleasePorts, pool: string, day: UtcDay): Promise<readonly HeldMessage[]> {
  const providers = await ports.held.waitingProviders(pool);
  const waiting = await Promise.all(
    providers.map(async (provider) => {
      const keys = dedicatedKinds.map((route) => ({ pool, route, provider, day }));
      const readings = await ports.allowances.read(keys);
      const room = readings.reduce((sum, { allowance }) => sum + roomIn(allowance), 0);
      return room === 0 ? [] : ports.held.waiting(pool, provider, Math.min(room, mostAtOnce));
    }),
  );
  return waiting.flat();
}

async function release({ held, sendQueue }: ReleasePorts, messages: readonly HeldMessage[]): Promise<void> {
  await inParallel(messages, concurrency, async (message) => {
    await sendQueue.enqueue(message);
    await held.remove(message);
  });
}
