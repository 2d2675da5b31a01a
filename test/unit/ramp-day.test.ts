import { describe, expect, test } from "vitest";
import { sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import { aPlan, aPool, today } from "../support/builders.ts";
import { TestRamp } from "../support/ramp.ts";

const [one, two] = ["192.0.2.1", "192.0.2.2"] as const;
const other = { provider: "other" };
const established = { route: "established" } as const;

describe("a new day", () => {
  test("has an allowance for each provider, with its reason on record", async () => {
    const ramp = new TestRamp();
    await ramp.run(0);
    const decisions = await ramp.record.decisions("news", today, today);
    expect(decisions.map(({ provider, allowance, rule, why }) => [provider, allowance, rule, why])).toEqual([
      ["gmail", 100, "start", "first day, 1 IPs"],
      ["other", 100, "start", "first day, 1 IPs"],
    ]);
    expect([ramp.limit(0), ramp.limit(0, other)]).toEqual([100, 100]);
  });

  test("grows what was used, and only that", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    await ramp.run(1);
    expect([ramp.limit(1), ramp.limit(1, other)]).toEqual([150, 100]);
  });

  test("is judged by the refusals of warming IPs alone", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    for (const route of ["shared", "established"] as const) {
      await ramp.outcomes.add({ pool: "news", route, provider: "gmail", day: today }, { blocked: 50 });
    }
    await ramp.run(1);
    expect(ramp.limit(1)).toBe(150);
    await ramp.answer(0, { deferred: 10, blocked: 10 });
    await ramp.run(1, 4);
    expect(await ramp.rule(1)).toBe("cut-refused");
  });

  test("has the plan's figures for each of the pool's warming IPs, and for no other pool's", async () => {
    const pools = [aPool({ ips: [one, two] }), aPool({ name: "b", ips: ["192.0.2.3"] })];
    const ramp = new TestRamp({ [one]: sesDefaultPool, [two]: sesDefaultPool, "192.0.2.3": sesDefaultPool }, pools);
    await ramp.run(0);
    expect([ramp.limit(0), ramp.limit(0, { pool: "b" })]).toEqual([200, 100]);
  });

  test("keeps each provider's own plan", async () => {
    const plan = aPlan({ providers: { gmail: { startPerIp: 10, growthPerDay: 2 } } });
    const ramp = new TestRamp(undefined, [aPool({ plan })]);
    await ramp.warm(0, 0);
    await ramp.run(1);
    expect([ramp.limit(0), ramp.limit(1), ramp.limit(1, other)]).toEqual([10, 20, 100]);
  });

  test("without IPs opens nothing and makes no step", async () => {
    const ramp = new TestRamp({});
    await ramp.run(0);
    expect(ramp.limit(0)).toBeUndefined();
    expect(await ramp.record.mark("news")).toBeUndefined();
  });

  test("after days without any IPs goes on from the last that had an allowance", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    ramp.ips.release(one);
    await ramp.run(1);
    ramp.ips.put(one, "news-warming");
    await ramp.run(2);
    expect([ramp.limit(1), ramp.limit(2)]).toEqual([undefined, 150]);
  });
});

describe("running again", () => {
  test("on the same day changes nothing", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    for (const hour of [1, 4, 4, 3, 23]) await ramp.run(0, hour);
    expect(ramp.allowances.of({ pool: "news", route: "warming", provider: "gmail", day: today })).toEqual({
      limit: 100,
      used: 100,
      epoch: 1,
    });
  });

  test.each([2, 5, 7])("after %i days makes one step from the last day with an allowance", async (days) => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    await ramp.run(days);
    expect([ramp.limit(days - 1), ramp.limit(days)]).toEqual([undefined, 150]);
  });

  test("after a long time cools", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 4);
    await ramp.run(12);
    expect([ramp.limit(4), ramp.limit(12), await ramp.rule(12)]).toEqual([505, 252, "cooled"]);
  });

  test("late opens the day the schedule meant", async () => {
    const ramp = new TestRamp();
    await ramp.run(0, 23);
    expect([ramp.limit(0), ramp.limit(1)]).toEqual([100, undefined]);
  });

  test("with an old retry is ignored: the later step stands", async () => {
    const ramp = new TestRamp();
    await ramp.run(3);
    await ramp.run(2, 8);
    expect(ramp.limit(2)).toBeUndefined();
    expect(await ramp.record.mark("news")).toMatchObject({ day: ramp.day(3) });
  });

  test("brings a quiet provider back from its own last day", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 1);
    for (const day of [2, 3, 4]) await ramp.run(day);
    expect([ramp.limit(2), ramp.limit(3), ramp.limit(4)]).toEqual([225, 225, 225]);
    await ramp.send(4);
    await ramp.run(5);
    expect(ramp.limit(5)).toBe(337);
  });
});

describe("established IPs", () => {
  test("are held to the governor: the start without mail of late, then twice the highest day", async () => {
    const ramp = new TestRamp({ [one]: "news-established" });
    await ramp.run(0);
    expect([ramp.limit(0), ramp.limit(0, established)]).toEqual([undefined, 100]);
    await ramp.send(0, 80, established);
    await ramp.run(1);
    expect([ramp.limit(1, established), await ramp.rule(1, established)]).toEqual([160, "governed"]);
  });

  test("beside warming ones have a day of their own", async () => {
    const ramp = new TestRamp({ [one]: sesDefaultPool, [two]: "news-established" });
    await ramp.warm(0, 0);
    await ramp.send(0, 100, established);
    await ramp.run(1);
    expect([ramp.limit(1), ramp.limit(1, established)]).toEqual([150, 400]);
  });
});
