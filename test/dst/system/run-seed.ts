import { dayMs, utcDay } from "../../../shared/domain/utc-day.ts";
import { eventsArrive } from "../aws/ses-events.ts";
import { goodDeadEvents } from "../check/complaints.ts";
import { judge, type Verdict } from "../check/judge.ts";
import { type Fate, SeededFaults } from "../engine/faults.ts";
import { Random } from "../engine/random.ts";
import { Scheduler } from "../engine/scheduler.ts";
import { setGlobalRandom } from "../engine/virtual-globals.ts";
import type { AllClientSettings } from "./client-settings.ts";
import { judgeRelease } from "./late-mail.ts";
import { judgePassingStop } from "./passing-stop.ts";
import { drain, enqueue, settleHeld, storm } from "./phases.ts";
import { profileOf } from "./profile.ts";
import { daysOf } from "./ramp.ts";
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

/** The account's sending rate as the guard read it, mails a second; 0 where it has not. SES itself keeps none. */
const sendRates = [0, 0, 7, 40] as const;

/** 2 November 2026, the day on which all histories begin. */
const firstDayMs = Date.parse("2026-11-02T00:00:00Z");
const minuteMs = 60_000;

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
  const sendRate = new Random(seed, 4).pick(sendRates);
  if (sendRate > 0) world.presetRate(sendRate);
  const arrivals = arrivalsOf(new Random(seed, 1), startMs + 2_000, profile.stormMs / 2);
  const untilMs = startMs + profile.stormMs;
  for (const day of daysOf(startMs, untilMs)) {
    world.ramp.openDay(day, day === utcDay(startMs) ? startMs : Date.parse(day));
  }
  world.ramp.change(profile.rampChanges, startMs + 2_000, untilMs);
  planWalls(world, new Random(seed, 5), untilMs);
  await storm(world, arrivals, untilMs);
  await drain(world);
  world.evidence.allowances.close(world.evidence.toldLeaks);
  await beLate(world, new Random(seed, 6));
  world.dropWalls();
  await settleHeld(world);
  await comeBack(world, arrivals, weather);
  await judgeFeedback(world);
  return judge(world, seed);
}

/** What events said is counted, once; and what was wrong with one of them is nothing to the others. */
async function judgeFeedback({ complaints, evidence, profile, queues, scheduler, tables }: World): Promise<void> {
  const dead = goodDeadEvents(queues);
  if (profile.kind === "calm") evidence.faults.push(...dead.map((id) => `${id}: dead without a fault`));
  const isComplete = dead.length === 0 && eventsArrive(profile.events);
  evidence.faults.push(...(await complaints.faults(scheduler, tables.state, isComplete)));
}

/** Part of the histories in which streams get walls. */
const walledShare = 0.3;

/** Walls that rise in the storm; some fall in it too. */
function planWalls(world: World, random: Random, untilMs: number): void {
  if (!random.chance(walledShare)) return;
  const { scheduler } = world;
  const at = (fromMs: number): number => random.between(fromMs, untilMs);
  for (const stream of random.shuffle([...walledStreams]).slice(0, 1 + random.whole(2))) {
    const level = random.pick(["no-warming", "no-overflow"] as const);
    const risesMs = random.chance(0.5) ? scheduler.nowMs : at(scheduler.nowMs);
    scheduler.at(risesMs, () => world.putWall(stream, level));
    if (random.chance(0.4)) scheduler.at(at(risesMs), () => world.putWall(stream, undefined));
  }
}

const walledStreams = ["news", "digest", "offers", "letters"] as const;

/** Some histories are asked whether mail is late: it costs as much as the storm. */
async function beLate(world: World, random: Random): Promise<void> {
  if (random.chance(releaseShareOf(world))) await judgeRelease(world, random);
  if (random.chance(0.08)) await judgePassingStop(world, random);
}

/** A wall is rare and tells most. */
function releaseShareOf({ evidence }: World): number {
  return evidence.walls.walled.length > 0 ? 0.5 : 0.2;
}

/** Any time of the day; now and then a few seconds before midnight. */
function startOf(weather: Random): number {
  return weather.chance(0.2) ? dayMs - weather.between(1_000, 25_000) : weather.between(0, dayMs - 1);
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
  const moved = [queues.send, queues.parked].flatMap((queue) => queue.redrive(scheduler.nowMs));
  if (waitDays > 28) world.evidence.outdated(moved);
  await drain(world);
  await settleHeld(world);
}
