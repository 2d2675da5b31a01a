import { dayMs, utcDay } from "../../../shared/domain/utc-day.ts";
import { judge, type Verdict } from "../check/judge.ts";
import { type Fate, SeededFaults } from "../engine/faults.ts";
import { Random } from "../engine/random.ts";
import { Scheduler } from "../engine/scheduler.ts";
import { setGlobalRandom } from "../engine/virtual-globals.ts";
import type { AllClientSettings } from "./client-settings.ts";
import { longestUnknownWaitMs } from "./configuration.ts";
import { profileOf } from "./profile.ts";
import { daysOf } from "./ramp.ts";
import { consumedQueues, releaseEveryMs } from "./settings.ts";
import { type Arrival, arrivalsOf } from "./workload.ts";
import { type System, World } from "./world.ts";

export interface SeedOptions {
  readonly system: System;
  readonly clients: AllClientSettings;
  readonly tell?: (line: string) => void;
}

/** What happens to calls while a service answers nobody. */
const downFates: readonly Fate[] = ["request-lost", "failed-before", "throttled"];
const deafFates: readonly Fate[] = ["reply-lost", "failed-after", "late"];

/** 2 November 2026, the day on which all histories begin. */
const firstDayMs = Date.parse("2026-11-02T00:00:00Z");
const minuteMs = 60_000;

/** What may still be on its way when the faults stop: three visibility timeouts, and one wait of parked mail. */
const parkedWaitMs = longestUnknownWaitMs + minuteMs;
export const drainMs = 3 * consumedQueues.send.queue.visibilityMs + parkedWaitMs;

/** Plays one history and judges it. */
export async function runSeed(seed: number, { system, clients, tell }: SeedOptions): Promise<Verdict> {
  const weather = new Random(seed, 2);
  const random = new Random(seed, 3);
  setGlobalRandom(random);
  const profile = profileOf(weather);
  const startMs = firstDayMs + startOf(weather);
  const scheduler = new Scheduler(startMs);
  const down = (service: string): readonly Fate[] | undefined => {
    const sinceMs = scheduler.nowMs - startMs;
    const outage = profile.outages.find(
      (each) => each.service === service && sinceMs >= each.fromMs && sinceMs < each.untilMs,
    );
    return outage === undefined ? undefined : outage.isDeaf ? deafFates : downFates;
  };
  const faults = new SeededFaults(random, profile.rates, down);
  const world = new World({ scheduler, random, faults, profile, system, clients, tell });
  world.tell?.(`seed ${seed}: ${profile.kind}, storm of ${profile.stormMs / minuteMs} minutes`);
  const arrivals = arrivalsOf(new Random(seed, 1), startMs + 2_000, profile.stormMs / 2);
  await storm(world, arrivals, startMs + profile.stormMs);
  await drain(world);
  world.evidence.allowances.close(world.evidence.toldLeaks);
  await settleHeld(world);
  await comeBack(world, arrivals, weather);
  return judge(world, seed);
}

/** Any time of the day; now and then a few seconds before midnight. */
function startOf(weather: Random): number {
  return weather.chance(0.2) ? dayMs - weather.between(1_000, 25_000) : weather.between(0, dayMs - 1);
}

/** The time with faults. */
async function storm(world: World, arrivals: readonly Arrival[], untilMs: number): Promise<void> {
  const { scheduler, ramp, random } = world;
  const fromMs = scheduler.nowMs;
  for (const day of daysOf(fromMs, untilMs)) ramp.openDay(day, day === utcDay(fromMs) ? fromMs : Date.parse(day));
  ramp.change(world.profile.rampChanges, fromMs + 2_000, untilMs);
  for (const arrival of arrivals) enqueue(world, arrival);
  for (let atMs = fromMs + random.between(0, releaseEveryMs); atMs < untilMs; atMs += releaseEveryMs) {
    scheduler.at(atMs, () => {
      // A run that finds nothing is dull: most of them are left out.
      if (random.chance(0.1) || world.tables.held.withPrefix("held#").length > 0) world.releaseHeld();
    });
  }
  await scheduler.runUntil(untilMs);
}

function enqueue(world: World, { atMs, mail }: Arrival): void {
  world.scheduler.at(atMs, () => {
    world.tell?.(`the application enqueues ${mail.key}`);
    world.evidence.enqueued({ atMs, mail });
    world.queues.send.send({ body: mail.body, attributes: {} }, atMs);
  });
}

/** The time after the faults, in which everything on a queue has to find its end. */
async function drain(world: World): Promise<void> {
  world.calm();
  await world.scheduler.runUntil(world.scheduler.nowMs + drainMs);
  noteUndrained(world);
}

function noteUndrained({ scheduler, queues, evidence }: World): void {
  for (const queue of [queues.send, queues.parked]) {
    for (const { body } of queue.messages.values()) evidence.undrained.add(evidence.byBody.get(body)?.mail.key ?? body);
  }
  // Events come late by themselves; one that waits this long on its queue is not being worked.
  const oldestMs = scheduler.nowMs - queues.proof.settings.delayMs - 3 * queues.proof.settings.visibilityMs;
  for (const queue of [queues.proof, queues.feedback]) {
    for (const { id, sentAtMs } of queue.messages.values()) if (sentAtMs < oldestMs) evidence.undrained.add(id);
  }
}

/** Mail that comes back long after: repeated by the application, or moved back from the dead letters. */
async function comeBack(world: World, arrivals: readonly Arrival[], weather: Random): Promise<void> {
  const { scheduler, queues } = world;
  const repeats = weather.chance(0.15);
  const dead = queues.send.deadLetters.length + queues.parked.deadLetters.length;
  if (!repeats && dead === 0) return;
  const waitDays = weather.pick([0.01, 1, 12, 20, 26, 29]);
  await scheduler.runUntil(scheduler.nowMs + waitDays * dayMs);
  if (repeats && waitDays <= 26) {
    for (const { mail } of arrivals.slice(0, 3)) enqueue(world, { mail, atMs: scheduler.nowMs + 1 });
  }
  for (const queue of [queues.send, queues.parked]) queue.redrive(scheduler.nowMs);
  await drain(world);
  await settleHeld(world);
}

/** A day with room for everything: what is held then leaves. */
async function settleHeld(world: World): Promise<void> {
  const { scheduler, tables, ramp } = world;
  for (let rounds = 0; rounds < 3 && tables.held.withPrefix("held#").length > 0; rounds += 1) {
    await scheduler.runUntil(scheduler.nowMs + dayMs);
    ramp.openWide(utcDay(scheduler.nowMs));
    world.releaseHeld();
    await drain(world);
  }
}
