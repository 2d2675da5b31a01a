import fc from "fast-check";
import { expect, test } from "vitest";
import { sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import { aPlan, aPool } from "../support/builders.ts";
import { TestRamp } from "../support/ramp.ts";

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** The runs of one day: every hour one to three times, in any order. */
const someRuns = fc
  .tuple(
    fc.shuffledSubarray(hours, { minLength: 24 }),
    fc.shuffledSubarray(hours, { maxLength: 12 }),
    fc.shuffledSubarray(hours, { maxLength: 6 }),
  )
  .chain((runs) => fc.shuffledSubarray(runs.flat(), { minLength: runs.flat().length }));

/** What there is to send at gmail and what becomes of it, as shares of what is sent. */
const someMail = fc.record({
  offered: fc.oneof(fc.nat(300), fc.nat(2_000)),
  deferred: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.double({ min: 0, max: 0.3, noNaN: true })),
  complained: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.double({ min: 0, max: 0.02, noNaN: true })),
});

const someDay = fc.record({
  skipped: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
  runs: someRuns,
  /** After how many runs the mail comes. */
  mailAfter: fc.integer({ min: 1, max: 20 }),
  /** Retries of older days that come in the course of this one. */
  retries: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
  mail: someMail,
});
type SomeDay = typeof someDay extends fc.Arbitrary<infer Day> ? Day : never;

const [one, two] = ["192.0.2.1", "192.0.2.2"] as const;

function aRamp(): TestRamp {
  const plan = aPlan({ minDays: 4, targetPerIp: 1_500 });
  return new TestRamp({ [one]: sesDefaultPool, [two]: sesDefaultPool }, [aPool({ ips: [one, two], plan })]);
}

/** Sends what there is by warming IPs, then by established ones; the rest leaves by shared IPs. */
async function deliver(ramp: TestRamp, day: number, { offered, deferred, complained }: SomeDay["mail"]): Promise<void> {
  const warming = await ramp.send(day, offered);
  const established = await ramp.send(day, offered - warming, { route: "established" });
  await ramp.overflow(day, offered - warming - established);
  await ramp.answer(day, { deferred: Math.round(deferred * warming), complained: Math.round(complained * warming) });
}

async function outcome(ramp: TestRamp, days: number): Promise<unknown> {
  const allowances = await Promise.all(
    Array.from({ length: days }, async (_, day) => [
      ramp.limit(day),
      ramp.limit(day, { route: "established" }),
      ramp.limit(day, { provider: "other" }),
      await ramp.rule(day),
      await ramp.rule(day, { route: "established" }),
    ]),
  );
  const { phase, providers } = ramp.lifeCycles.of("news");
  return { allowances, phase, providers, moves: ramp.ips.moves };
}

/** A day of runs in disorder: mail comes in between, retries of older days after it. */
async function disorder(ramp: TestRamp, day: number, { runs, mailAfter, retries, mail }: SomeDay): Promise<void> {
  for (const hour of runs.slice(0, mailAfter)) await ramp.run(day, hour);
  await deliver(ramp, day, mail);
  for (const back of retries.filter((days) => days <= day)) await ramp.run(day - back, 4);
  for (const hour of runs.slice(mailAfter)) await ramp.run(day, hour);
}

test("runs that come late, twice, out of order or not at all leave each day what one run a day gives it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someDay, { minLength: 2, maxLength: 9 }), async (days) => {
      const [plain, disordered] = [aRamp(), aRamp()];
      const kept = [...days.entries()].filter(([, { skipped }]) => !skipped);
      for (const [day, given] of kept) {
        await plain.run(day);
        await deliver(plain, day, given.mail);
        await disorder(disordered, day, given);
      }
      expect(await outcome(disordered, days.length)).toEqual(await outcome(plain, days.length));
    }),
    { numRuns: 40 },
  );
});

test("a day that is closed keeps its own number of IPs, however often it is looked at again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someDay, { minLength: 5, maxLength: 9 }), async (days) => {
      const [plain, disordered] = [aRamp(), aRamp()];
      for (const [day, given] of days.entries()) {
        await plain.run(day);
        await deliver(plain, day, given.mail);
        await disorder(disordered, day, given);
      }
      expect(await disordered.progress.read("news")).toEqual(await plain.progress.read("news"));
    }),
    { numRuns: 40 },
  );
});

test("no day is ever raised while it runs, whatever comes in late, unless an operator says so", async () => {
  const someCount = fc.record({ day: fc.nat(5), deferred: fc.nat(200), complained: fc.nat(5) });
  const someHours = fc.array(fc.record({ hour: fc.nat(23), late: fc.option(someCount, { nil: undefined }) }), {
    minLength: 1,
    maxLength: 10,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(someHours, { minLength: 2, maxLength: 6 }), async (days) => {
      const ramp = aRamp();
      for (const [day, runs] of days.entries()) {
        let before = Number.POSITIVE_INFINITY;
        for (const { hour, late } of runs) {
          if (late !== undefined && late.day < day) await ramp.answer(late.day, late);
          await ramp.run(day, hour);
          const limit = ramp.limit(day) ?? 0;
          expect(limit).toBeLessThanOrEqual(before);
          before = limit;
        }
        await ramp.send(day);
        await ramp.overflow(day, 50);
      }
    }),
    { numRuns: 60 },
  );
});
