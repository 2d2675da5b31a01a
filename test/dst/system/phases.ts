import { longestSilentWaitMs } from "../../../shared/domain/sending/claim.ts";
import { dayMs, utcDay } from "../../../shared/domain/utc-day.ts";
import { unreadableEvent } from "../aws/ses-events.ts";
import { longestUnknownWaitMs } from "./configuration.ts";
import { consumedQueues, releaseEveryMs } from "./settings.ts";
import type { Arrival } from "./workload.ts";
import type { World } from "./world.ts";

/** Where every call is looked at, the release function is called less often, ms. */
const dullReleaseMs = 12 * 60_000;

/** A limit that nothing reaches. */
const wideLimit = 1_000;

/** What may still be on its way when the faults stop: three visibility timeouts, and one wait of parked mail. */
const parkedWaitMs = Math.max(longestUnknownWaitMs, longestSilentWaitMs) + 60_000;
const drainMs = 3 * consumedQueues.send.queue.visibilityMs + parkedWaitMs;

/** The time with faults. */
export async function storm(world: World, arrivals: readonly Arrival[], untilMs: number): Promise<void> {
  const { scheduler, random } = world;
  const fromMs = scheduler.nowMs;
  for (const arrival of arrivals) enqueue(world, arrival);
  const firstMs = fromMs + (world.isDull ? releaseEveryMs : random.between(0, releaseEveryMs));
  for (let atMs = firstMs; atMs < untilMs; atMs += world.isDull ? dullReleaseMs : releaseEveryMs) {
    scheduler.at(atMs, () => {
      // A run that finds nothing shows nothing: most of them are left out.
      const isWanted = !world.isDull && random.chance(0.1);
      if (isWanted || world.tables.held.withPrefix("held#").length > 0) world.releaseHeld();
    });
  }
  await scheduler.runUntil(untilMs);
}

export function enqueue(world: World, { atMs, mail }: Arrival): void {
  world.scheduler.at(atMs, () => {
    world.tell?.(`the application enqueues ${mail.key}`);
    world.evidence.enqueued({ atMs, mail });
    world.queues.send.send({ body: mail.body, attributes: {} }, atMs);
  });
}

/** The time after the faults, in which everything on a queue has to find its end. */
export async function drain(world: World): Promise<void> {
  world.calm();
  const patience = isFlooded(world) ? 2 : 1;
  await world.scheduler.runUntil(world.scheduler.nowMs + patience * drainMs);
  noteUndrained(world);
}

/** Mail that is parked again and again in a long storm leaves many copies, with each worker that dies: they take longer. */
function isFlooded({ queues, evidence }: World): boolean {
  return queues.parked.messages.size > 10 * evidence.trails.size;
}

function noteUndrained({ scheduler, queues, evidence }: World): void {
  for (const queue of [queues.send, queues.parked]) {
    for (const { body } of queue.messages.values()) evidence.undrained.add(evidence.byBody.get(body)?.mail.key ?? body);
  }
  // Events come late by themselves; one that waits this long on its queue is not being worked.
  const oldestMs = scheduler.nowMs - queues.proof.settings.delayMs - 3 * queues.proof.settings.visibilityMs;
  for (const queue of [queues.proof, queues.feedback]) {
    for (const { id, body, sentAtMs } of queue.messages.values()) {
      // What is no event is delivered again until it is a dead letter.
      if (sentAtMs < oldestMs && body !== unreadableEvent) evidence.undrained.add(id);
    }
  }
}

/** Days with room for everything: what is held for room leaves, and then what waits for a time in weeks. */
export async function settleHeld(world: World): Promise<void> {
  await settleRounds(world);
  for (const atMs of world.evidence.sendAfterTimes()) {
    // The days before may have gone past it, with it not yet due in their runs.
    if (atMs > world.scheduler.nowMs) await world.scheduler.runUntil(atMs);
    await settleRounds(world);
  }
}

async function settleRounds(world: World): Promise<void> {
  const { scheduler, tables, ramp } = world;
  for (let rounds = 0; rounds < 3 && tables.held.withPrefix("held#").length > 0; rounds += 1) {
    await scheduler.runUntil(scheduler.nowMs + dayMs);
    ramp.openAll(utcDay(scheduler.nowMs), wideLimit);
    world.releaseHeld();
    await drain(world);
  }
}
