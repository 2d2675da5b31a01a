import type { Brake } from "../../../shared/domain/brakes/brake.ts";
import type { DedicatedRouteKind } from "../../../shared/domain/routing/route.ts";
import type { AllowanceKey } from "../../../shared/domain/sending/allowance.ts";
import { dayAfter, type UtcDay, utcDay } from "../../../shared/domain/utc-day.ts";
import type { AllowanceLedger } from "../../../shared/ports/allowance-ledger.ts";
import { type Instance, inside } from "../engine/instance.ts";
import type { Random } from "../engine/random.ts";
import type { Scheduler } from "../engine/scheduler.ts";
import { pools, providerNames } from "./configuration.ts";

interface Around {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Opens an allowance without a call: what was there before the history begins. */
  readonly preset: (key: AllowanceKey, limit: number) => void;
  /** A run of its own for each change: one that dies takes no other with it. */
  readonly start: () => { readonly instance: Instance; readonly ledger: AllowanceLedger };
}

const kinds: readonly DedicatedRouteKind[] = ["warming", "established"];
const minuteMs = 60_000;

/** Part of the allowances that nobody opens, or only late. */
const missingShare = 0.12;
const lateShare = 0.1;

/** Whoever writes allowances: opens days, changes limits and puts on brakes, sometimes twice, late or never. */
export class Ramp {
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  /** Opens a day with small limits from a moment on. */
  openDay(day: UtcDay, atMs: number): void {
    const { random } = this.#around;
    for (const key of keysOf(day)) {
      if (random.chance(missingShare)) continue;
      const limit = random.pick([0, 1, 2, 3, 5, 8, 20]);
      if (random.chance(lateShare)) {
        const pace = random.pick(["open", "paced", "probing"] as const);
        this.#plan(atMs + random.between(0, 30 * minuteMs), (ledger) => ledger.open(key, limit, { pace }));
      } else {
        this.#around.scheduler.at(atMs, () => this.#around.preset(key, limit));
      }
      if (random.chance(0.05)) this.#plan(atMs + random.between(0, minuteMs), (ledger) => ledger.open(key, limit + 3));
    }
  }

  /** Opens a day for everything, with one limit for all. */
  openAll(day: UtcDay, limit: number): void {
    for (const key of keysOf(day)) this.#around.preset(key, limit);
  }

  /** Gives one route a limit at every provider, whether its day is open or not. @param set - its configuration set */
  widen(set: string, day: UtcDay, limit: number): void {
    for (const key of keysOf(day).filter(({ pool, route }) => `${pool}-${route}` === set)) {
      this.#plan(this.#around.scheduler.nowMs, async (ledger) => {
        if (!(await ledger.open(key, limit))) await ledger.setLimit(key, limit);
      });
    }
  }

  /** Changes limits and brakes in the middle of the work. */
  change(times: number, fromMs: number, untilMs: number): void {
    const { random } = this.#around;
    for (let count = 0; count < times; count += 1) {
      const atMs = random.chance(0.6) ? fromMs + random.between(0, 4_000) : random.between(fromMs, untilMs);
      const key = random.pick(keysOf(utcDay(atMs)));
      const change = random.chance(0.6) ? this.#limit(key) : this.#brake(key, Math.floor(atMs));
      this.#plan(atMs, change);
      if (random.chance(0.3)) this.#plan(atMs + random.between(0, 2 * minuteMs), change);
    }
  }

  #limit(key: AllowanceKey): (ledger: AllowanceLedger) => Promise<unknown> {
    const limit = this.#around.random.pick([0, 1, 2, 4, 9, 30]);
    return (ledger) => ledger.setLimit(key, limit);
  }

  #brake(key: AllowanceKey, sinceMs: number): (ledger: AllowanceLedger) => Promise<unknown> {
    const { random } = this.#around;
    const brake: Brake = {
      step: random.pick(["slow", "stop"]),
      rule: "simulated",
      level: 1,
      trickles: random.chance(0.5),
      sinceMs,
      untilMs: sinceMs + Math.round(random.between(minuteMs, 40 * minuteMs)),
      why: "simulated",
    };
    return (ledger) => ledger.setBrake(key, brake);
  }

  #plan(atMs: number, work: (ledger: AllowanceLedger) => Promise<unknown>): void {
    const { scheduler, start } = this.#around;
    scheduler.at(atMs, () => {
      const { instance, ledger } = start();
      inside(instance, () => void work(ledger).catch(() => {}));
    });
  }
}

/** The configuration sets of dedicated IPs. */
export const dedicatedSets: readonly string[] = [...pools.keys()].flatMap((pool) =>
  kinds.map((route) => `${pool}-${route}`),
);

function keysOf(day: UtcDay): AllowanceKey[] {
  return [...pools.keys()].flatMap((pool) =>
    kinds.flatMap((route) => providerNames.map((provider) => ({ pool, route, provider, day }))),
  );
}

/** The days that a time touches. */
export function daysOf(fromMs: number, untilMs: number): UtcDay[] {
  const days = [utcDay(fromMs)];
  for (let day = utcDay(fromMs); day < utcDay(untilMs); ) {
    day = dayAfter(day, 1);
    days.push(day);
  }
  return days;
}
