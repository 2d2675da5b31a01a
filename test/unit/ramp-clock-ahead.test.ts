import { describe, expect, test } from "vitest";
import { EarlyRunError } from "../../shared/app/ramp/early-run-error.ts";
import { rampDay } from "../../shared/app/ramp/ramp-day.ts";
import { changeLifeCycle } from "../../shared/domain/warm-up/life-cycle-changes.ts";
import { TestRamp } from "../support/ramp.ts";

const dayMs = 86_400_000;

/** Limits of the days from one to another, each run at midnight and used up. */
async function limits(ramp: TestRamp, from: number, to: number): Promise<(number | undefined)[]> {
  const found: (number | undefined)[] = [];
  for (let day = from; day <= to; day += 1) {
    await ramp.run(day);
    found.push(ramp.limit(day));
    await ramp.send(day);
  }
  return found;
}

/** A pool on its second day, of which half is sent. */
async function onSecondDay(): Promise<TestRamp> {
  const ramp = new TestRamp();
  await ramp.warm(0, 0);
  await ramp.run(1);
  await ramp.send(1, 75);
  return ramp;
}

describe("a mark that stands in days to come, by the clock of the version before", () => {
  test("does not stop the ramp: it goes on as if it had never been", async () => {
    const [ramp, other] = [await onSecondDay(), await onSecondDay()];
    await ramp.runAhead(41);
    for (const each of [ramp, other]) {
      await each.run(1, 13);
      await each.send(1);
    }
    expect(ramp.limit(1)).toBe(150);
    expect(await limits(ramp, 2, 8)).toEqual(await limits(other, 2, 8));
  });

  test("found days later, the last day that was really opened is closed by all of its facts", async () => {
    const [ramp, other] = [await onSecondDay(), await onSecondDay()];
    await ramp.runAhead(41);
    for (const each of [ramp, other]) await each.send(1);
    expect(await limits(ramp, 3, 6)).toEqual(await limits(other, 3, 6));
  });

  test("nothing leaves on the day it had opened before its own run, which then decides", async () => {
    const ramp = await onSecondDay();
    await ramp.runAhead(5);
    await ramp.run(1, 13);
    expect([ramp.limit(5), await ramp.rule(5)]).toEqual([0, "not-begun"]);
    await limits(ramp, 2, 4);
    expect((await limits(ramp, 5, 5))[0]).toBeGreaterThan(150);
    expect(await ramp.rule(5)).toBe("grow");
  });

  test("several days that were opened ahead are all taken back", async () => {
    const ramp = await onSecondDay();
    await ramp.runAhead(30);
    await ramp.runAhead(41);
    await ramp.run(1, 13);
    expect([ramp.limit(30), ramp.limit(41)]).toEqual([0, 0]);
  });

  test("is told and audited, once", async () => {
    const ramp = await onSecondDay();
    await ramp.runAhead(41);
    await ramp.run(1, 13);
    await ramp.run(1, 14);
    expect(ramp.log.of("RAMP_MENDED")).toMatchObject([
      { fields: { pool: "news", was: ramp.day(41), is: ramp.day(1) } },
    ]);
    const audited = (await ramp.audit.latest("news", 100)).filter(({ action }) => action === "clock-mended");
    expect(audited).toHaveLength(1);
  });

  test("the first that there ever was: the pool begins", async () => {
    const ramp = new TestRamp();
    await ramp.runAhead(41);
    expect(await limits(ramp, 0, 1)).toEqual([100, 150]);
  });

  test("a run that dies half-way is made good by the next", async () => {
    const ramp = await onSecondDay();
    await ramp.runAhead(41);
    const { record } = ramp;
    const setMark = () => Promise.reject(new Error("the store is down"));
    ramp.instead = {
      record: {
        setMark,
        mark: (pool) => record.mark(pool),
        keep: (decision) => record.keep(decision),
        replace: (decision) => record.replace(decision),
        decisions: (...asked) => record.decisions(...asked),
      },
    };
    await expect(ramp.run(1, 13)).rejects.toThrow();
    ramp.instead = {};
    await ramp.run(1, 14);
    expect(await record.mark("news")).toMatchObject({ day: ramp.day(1) });
  });
});

test("a restart dated in days to come counts from today: what is known by then is not forgotten for weeks", async () => {
  const ramp = await onSecondDay();
  const restarted = changeLifeCycle(ramp.lifeCycles.of("news"), { action: "restart", day: ramp.day(41) });
  if (restarted.kind !== "changed") throw new Error(restarted.says);
  await ramp.lifeCycles.write(restarted.lifeCycle);
  await ramp.run(1, 13);
  expect(ramp.lifeCycles.of("news").since).toBe(ramp.day(1));
  await ramp.send(1);
  expect(await limits(ramp, 2, 3)).toEqual([150, 225]);
});

test("a run that is meant for a time still to come changes nothing, and says why", async () => {
  const ramp = await onSecondDay();
  const settings = { pools: ramp.pools, providers: ["gmail", "other"] };
  const atMs = ramp.clock.nowMs() + 40 * dayMs;
  await expect(rampDay(ramp.ports, settings, atMs)).rejects.toThrow(EarlyRunError);
  await expect(rampDay(ramp.ports, settings, atMs)).rejects.toThrow("40 days from now: nothing was changed");
  expect(await ramp.record.mark("news")).toMatchObject({ day: ramp.day(1) });
});

test("a late run of a day before is passed over, and says so", async () => {
  const ramp = await onSecondDay();
  const settings = { pools: ramp.pools, providers: ["gmail", "other"] };
  const results = await rampDay(ramp.ports, settings, ramp.clock.nowMs() - dayMs);
  expect(results.get("news")).toEqual({ kind: "passed-over", opened: ramp.day(1) });
  expect(ramp.log.of("RAMP_PASSED_OVER")).toHaveLength(1);
});

test("a clock a little behind midnight does not take the day that others opened for one to come", async () => {
  const ramp = await onSecondDay();
  await ramp.run(2);
  ramp.clock.atMs -= 4 * 60_000;
  const settings = { pools: ramp.pools, providers: ["gmail", "other"] };
  await rampDay(ramp.ports, settings, ramp.clock.nowMs());
  expect(ramp.log.of("RAMP_MENDED")).toEqual([]);
  expect(await ramp.record.mark("news")).toMatchObject({ day: ramp.day(2) });
});
