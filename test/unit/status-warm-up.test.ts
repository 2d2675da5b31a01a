import { describe, expect, test } from "vitest";
import { dedicatedIpMonthlyUsd, keepWarmAdvice } from "../../shared/app/status/keep-warm.ts";
import { readAudit } from "../../shared/app/status/read-audit.ts";
import { readIps } from "../../shared/app/status/read-ips.ts";
import { readPlans } from "../../shared/app/status/read-plans.ts";
import { readStatus } from "../../shared/app/status/read-status.ts";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import type { History } from "../../shared/domain/warm-up/history.ts";
import { sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import { aPlan, aPool, historyOf, today } from "../support/builders.ts";
import { TestRamp } from "../support/ramp.ts";

const quietQueue = { visible: 0, inFlight: 0, delayed: 0 };
const beside = {
  evidence: { read: async () => [] },
  held: { count: async () => 0 },
  setAside: { count: async () => 0 },
  queues: {
    read: async () => ({ send: quietQueue, parked: quietQueue, quarantine: quietQueue, deadLetters: quietQueue }),
  },
};

async function statusOf(ramp: TestRamp) {
  const { pools } = await readStatus({ ...ramp.ports, ...beside }, { pools: ramp.pools, streams: new Map() });
  const [first] = pools;
  if (first === undefined) throw new Error("there is a pool");
  return first;
}

describe("the status of a warm-up (guide row 24)", () => {
  test("names phase, IPs with their day, and the forecast at each provider with mail", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 2);
    await ramp.run(3);
    const status = await statusOf(ramp);
    expect(status).toMatchObject({ phase: "warming", since: today, paused: false, byHand: false, holds: [] });
    expect(status.ips).toEqual([
      {
        ip: "192.0.2.1",
        pool: "news",
        state: "warming",
        sesPool: "news-warming",
        percentage: 100,
        since: today,
        warmUpDay: 4,
      },
    ]);
    expect(status.providers).toMatchObject([{ provider: "gmail", paused: false, level: 337, target: 1000 }]);
  });

  test("the forecast comes true when every day is used and there is more mail than room", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 2);
    await ramp.run(3);
    const { readyOn, daysLeft = 0 } = (await statusOf(ramp)).providers[0] ?? {};
    expect(readyOn).toBe(dayAfter(ramp.day(3), daysLeft));
    for (let day = 3; day < 3 + daysLeft; day += 1) {
      await ramp.run(day);
      await ramp.send(day);
      await ramp.overflow(day, 10);
      expect(ramp.lifeCycles.of("news").providers.gmail?.graduatedOn).toBeUndefined();
    }
    await ramp.run(3 + daysLeft);
    expect(ramp.lifeCycles.of("news").providers.gmail?.graduatedOn).toBe(readyOn);
  });

  test("says that a provider takes longer than the plan's longest time", async () => {
    const takesLong = async (maxDays: number) => {
      const ramp = new TestRamp(undefined, [aPool({ plan: aPlan({ maxDays }) })]);
      await ramp.warm(0, 5);
      return (await statusOf(ramp)).providers.map((each) => each.takesLong);
    };
    expect([await takesLong(60), await takesLong(3)]).toEqual([[false], [true]]);
  });

  test("has no date while nothing grows: paused, by hand, held", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 1);
    const daysLeft = async () => (await statusOf(ramp)).providers[0]?.daysLeft;
    expect(await daysLeft()).toBeGreaterThan(0);
    ramp.lifeCycles.change("news", { paused: true });
    expect(await daysLeft()).toBeUndefined();
    expect((await statusOf(ramp)).paused).toBe(true);
    ramp.lifeCycles.change("news", { paused: false, disabled: true });
    expect([await daysLeft(), (await statusOf(ramp)).byHand]).toEqual([undefined, true]);
    const holds = [{ code: "ip-moved", sentence: "It was moved.", since: today }];
    ramp.lifeCycles.change("news", { disabled: false, holds });
    expect([await daysLeft(), (await statusOf(ramp)).holds]).toEqual([undefined, holds]);
  });

  test("marks a provider that an operator paused, also before it had mail", async () => {
    const ramp = new TestRamp();
    await ramp.run(0);
    ramp.operator(0, { action: "pause", provider: "other" });
    await ramp.run(0, 1);
    expect((await statusOf(ramp)).providers).toMatchObject([{ provider: "other", paused: true, level: 0 }]);
  });
});

describe("the IPs (guide row 11)", () => {
  test("each has its state, whether the configuration, the record or SES knows it", async () => {
    const ips = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"];
    const ramp = new TestRamp(
      { "192.0.2.1": sesDefaultPool, "192.0.2.3": "news-established", "192.0.2.4": "by-hand", "203.0.113.1": "else" },
      [aPool({ ips })],
    );
    await ramp.warm(0, 0);
    await ramp.run(1);
    ramp.ips.put("192.0.2.2", sesDefaultPool);
    await ramp.run(1, 1); // seen, and waits
    ramp.ips.put("203.0.113.2", "news-warming");
    const known = await readIps(ramp.ports, ramp.pools);
    expect(known.ips.map(({ ip, pool = "-", state }) => `${ip} ${pool} ${state}`)).toEqual([
      "192.0.2.1 news warming",
      "192.0.2.2 news waiting",
      "192.0.2.3 news established",
      "192.0.2.4 news not-assigned",
      "192.0.2.5 news not-listed-by-ses",
      "203.0.113.2 news unknown-to-the-configuration",
      "203.0.113.1 - unknown-to-the-configuration",
    ]);
    expect(known.ips[0]).toMatchObject({ percentage: 100, since: today, warmUpDay: 2, sesPool: "news-warming" });
    expect(known.ips[2]?.warmUpDay).toBeUndefined();
  });

  test("one that lies in another pool's SES pool is told once, where it belongs", async () => {
    const pools = [aPool(), aPool({ name: "b", ips: ["192.0.2.2"] })];
    const ramp = new TestRamp({ "192.0.2.1": "b-warming", "192.0.2.2": "b-warming" }, pools);
    const known = await readIps(ramp.ports, ramp.pools);
    expect(known.ips.map(({ ip, pool, state }) => `${ip} ${pool} ${state}`)).toEqual([
      "192.0.2.1 news not-assigned",
      "192.0.2.2 b warming",
    ]);
  });

  test("a warming IP carries its part of the pool's progress", async () => {
    const ips = ["192.0.2.1", "192.0.2.2"];
    const ramp = new TestRamp({ "192.0.2.1": sesDefaultPool, "192.0.2.2": sesDefaultPool }, [aPool({ ips })]);
    await ramp.warm(0, 0);
    const known = await readIps(ramp.ports, ramp.pools);
    expect(known.pools[0]?.providers).toMatchObject([{ provider: "gmail", level: 200, target: 2000 }]);
    expect(known.ips[1]?.progress).toMatchObject([{ provider: "gmail", level: 100, target: 1000 }]);
  });
});

describe("advice on IPs that the mail cannot keep warm (guide rows 6, 8, 18)", () => {
  const week = (used: number): History => historyOf(...Array.from({ length: 8 }, () => ({ used, allowance: 5000 })));
  const advise = (histories: Record<string, History>, ips = 3) => {
    const facts = { pool: "news", ips, floorPerIp: 1000, today };
    return keepWarmAdvice({ ...facts, histories: new Map(Object.entries(histories)) });
  };

  test("says how many would do and what the others cost", () => {
    const advice = advise({ gmail: week(1900), yahoo: week(300) });
    expect(advice).toMatchObject({ ips: 3, enough: 1, monthlyUsd: 2 * dedicatedIpMonthlyUsd });
    expect(advice?.says).toBe(
      "pool news: 3 IPs are more than this mail keeps warm (about 1000 a day per provider and IP): 1 would do, and save $49.90 a month. Highest day of the last week: gmail 1900, yahoo 300",
    );
  });

  test("says so when not even one is kept warm", () => {
    expect(advise({ gmail: week(400) }, 1)?.says).toMatch(
      /1 IP is more than .*: none would do: SES's shared IPs suit this volume, and save \$24\.95/,
    );
  });

  test("counts what left by other IPs too: that mail could keep them warm", () => {
    const days = Array.from({ length: 8 }, () => ({ used: 500, allowance: 500, shared: 2000, established: 600 }));
    expect(advise({ gmail: historyOf(...days) })).toBeUndefined();
  });

  test("is silent where one provider that matters keeps every IP warm", () => {
    expect(advise({ gmail: week(3000), yahoo: week(300) })).toBeUndefined();
  });

  test("is silent before there is a week to look at, without IPs, and without mail", () => {
    expect(advise({ gmail: historyOf({ used: 10 }) })).toBeUndefined();
    expect(advise({ gmail: week(10) }, 0)).toBeUndefined();
    expect(advise({})).toBeUndefined();
  });
});

describe("the plan", () => {
  test("leads to the allowances that the ramp then gives", async () => {
    const plan = aPlan({ providers: { other: { startPerIp: 10, growthPerDay: 1.2 } } });
    const ramp = new TestRamp({ "192.0.2.1": sesDefaultPool }, [aPool({ plan })]);
    await ramp.warm(0, 1);
    await ramp.run(2);
    const { pools } = await readPlans(ramp.ports, [...ramp.pools.values()], 4);
    expect(pools[0]?.differs).toEqual([{ provider: "other", changes: { startPerIp: 10, growthPerDay: 1.2 } }]);
    const gmail = pools[0]?.next.find(({ provider }) => provider === "gmail")?.days ?? [];
    expect(gmail.map(({ day }) => day)).toEqual([2, 3, 4, 5].map((day) => ramp.day(day)));
    await ramp.send(2);
    await ramp.warm(3, 5);
    expect(gmail.map(({ allowance }) => allowance)).toEqual([2, 3, 4, 5].map((day) => ramp.limit(day)));
  });

  test("looks past a pause: what comes when it is resumed", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    ramp.operator(1, { action: "pause" });
    await ramp.run(1);
    const { pools } = await readPlans(ramp.ports, [...ramp.pools.values()], 2);
    const gmail = pools[0]?.next.find(({ provider }) => provider === "gmail");
    expect(gmail?.days.map(({ allowance }) => allowance)).toEqual([150, 225]);
  });

  test("is shown for one IP before there is any", async () => {
    const ramp = new TestRamp({});
    const { pools } = await readPlans(ramp.ports, [...ramp.pools.values()], 2);
    expect(pools).toMatchObject([
      { ips: 1, next: [{ provider: "other", days: [{ allowance: 100 }, { allowance: 150 }] }] },
    ]);
  });
});

test("the audit of several pools is one list, newest first, cut at the limit", async () => {
  const ramp = new TestRamp();
  for (const [atMs, pool] of [
    [1, "a"],
    [3, "b"],
    [2, "a"],
  ] as const) {
    await ramp.audit.keep({ atMs, pool, by: "operator", action: "pause", says: `${atMs}` });
  }
  expect((await readAudit(ramp.audit, ["a", "b"], 2)).map(({ says }) => says)).toEqual(["3", "2"]);
});
