import fc from "fast-check";
import { expect, test } from "vitest";
import { KnownAnswers } from "../../shared/app/brakes/known-answers.ts";
import { signKinds, signText, slotOf } from "../../shared/domain/feedback/sign.ts";
import { dayAfter, dayMs, dayNumber, utcDay } from "../../shared/domain/utc-day.ts";
import { noonMs } from "../support/builders.ts";
import { MemoryOutcomes } from "../support/fakes/memory-outcomes.ts";

const instances = 3;
/** Longest run of the function, ms: from the clock of a write to its landing. */
const longestRunMs = 30_000;

const instance = fc.nat({ max: instances - 1 });
const kept = fc.record({
  kind: fc.constant("kept" as const),
  by: instance,
  mail: fc.constantFrom("AAAAAAAAA", "AAAAAAAAB", "AAAAAAAAC", "AAAAAAAAD"),
  says: fc.constantFrom(...signKinds),
  /** How long ago it happened, and to how old mail. */
  agoMs: fc.integer({ min: 0, max: 15 * 3_600_000 }),
  daysAgo: fc.nat({ max: 2 }),
  landsAfterMs: fc.nat({ max: longestRunMs }),
});
const step = fc.oneof(
  { weight: 3, arbitrary: kept },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("judged" as const), by: instance }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("died" as const), by: instance }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("passed" as const), ms: fc.nat({ max: 5 * 3_600_000 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("passed" as const), ms: fc.nat({ max: 20_000 }) }) },
);

type Kept = typeof kept extends fc.Arbitrary<infer Value> ? Value : never;
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Some instances over one store, and writes that take their time. */
class Deployment {
  readonly outcomes = new MemoryOutcomes();
  readonly known = Array.from({ length: instances }, () => new KnownAnswers(this.outcomes));
  nowMs = noonMs;
  #underWay: { readonly landsMs: number; readonly land: () => Promise<void> }[] = [];

  async take(each: Step): Promise<void> {
    switch (each.kind) {
      case "passed":
        return this.pass(each.ms);
      case "died":
        this.known[each.by] = new KnownAnswers(this.outcomes);
        return;
      case "judged":
        await this.known[each.by]?.latest("news", this.nowMs);
        return;
      default:
        this.#keep(each);
    }
  }

  async pass(ms: number): Promise<void> {
    this.nowMs += ms;
    const landed = this.#underWay.filter(({ landsMs }) => landsMs <= this.nowMs);
    this.#underWay = this.#underWay.filter(({ landsMs }) => landsMs > this.nowMs);
    for (const { land } of landed) await land();
  }

  #keep({ by, mail, says, agoMs, daysAgo, landsAfterMs }: Kept): void {
    const { nowMs, outcomes } = this;
    const key = { pool: "news", day: dayAfter(utcDay(nowMs), -daysAgo) };
    const sign = signText({ route: by === 0 ? "established" : "warming", kind: says, mail });
    const slotMs = slotOf(Math.max(nowMs - agoMs, dayNumber(key.day) * dayMs));
    const slots = [{ provider: "gmail", slotMs, byStream: new Map([["news", new Set([sign])]]) }];
    this.#underWay.push({ landsMs: nowMs + landsAfterMs, land: () => outcomes.keep(key, slots, nowMs) });
  }
}

async function answersOf(known: KnownAnswers, nowMs: number) {
  const of = await known.latest("news", nowMs);
  return (["warming", "established"] as const).map((route) => of("gmail", route));
}

test("instances that keep and judge at once, die and start anew know the same answers", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const deployment = new Deployment();
      for (const each of steps) await deployment.take(each);
      await deployment.pass(longestRunMs);
      const expected = await answersOf(new KnownAnswers(deployment.outcomes), deployment.nowMs);
      for (const known of deployment.known) expect(await answersOf(known, deployment.nowMs)).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});
