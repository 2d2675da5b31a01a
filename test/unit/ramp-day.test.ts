import { describe, expect, test } from "vitest";
import { sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import { aPlan, aPool, today } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
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

describe("what comes in late", () => {
  test("cuts today while it runs, with the new reason on record and in the audit", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 2);
    await ramp.run(3);
    await ramp.answer(2, { blocked: 150 });
    await ramp.run(3, 4);
    expect(ramp.limit(2)).toBe(225);
    expect([ramp.limit(3), await ramp.decision(3)]).toMatchObject([100, { allowance: 100, rule: "cut-refused" }]);
    const why = `cut-refused: 150 of 225 refused on ${ramp.day(2)}`;
    expect(ramp.audit.says).toContain(`gmail on warming IPs, ${ramp.day(3)}: 337 becomes 100 (${why})`);
  });

  test("is looked for every four hours, not every hour", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    await ramp.run(1);
    await ramp.answer(0, { blocked: 90 });
    await ramp.run(1, 3);
    expect(ramp.limit(1)).toBe(150);
    await ramp.run(1, 4);
    expect(ramp.limit(1)).toBe(100);
  });

  test("never raises today", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    await ramp.answer(0, { blocked: 90 });
    await ramp.run(1);
    // A count that was booked too high is put right.
    await ramp.answer(0, { blocked: -90 });
    for (const hour of [4, 8]) await ramp.run(1, hour);
    expect([ramp.limit(1), await ramp.rule(1)]).toEqual([100, "cut-refused"]);
  });

  test("leaves today as it is when IPs came or went in between", async () => {
    const ramp = new TestRamp(undefined, [aPool({ ips: [one, two] })]);
    await ramp.warm(0, 3);
    ramp.ips.put(two, "news-warming");
    await ramp.run(4);
    const opened = ramp.limit(4);
    await ramp.run(4, 4);
    expect([opened, ramp.limit(4)]).toEqual([1_011, 1_011]);
    const [yesterday] = (await ramp.progress.read("news")).get("gmail")?.slice(-1) ?? [];
    expect(yesterday).toMatchObject({ day: ramp.day(3), ips: 1 });
  });
});

describe("a run that was cut short", () => {
  test("leaves the rest to the next, which keeps the decision on record", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    const { allowances } = ramp;
    ramp.instead = {
      allowances: {
        read: (keys) => allowances.read(keys),
        setLimit: (key, limit) => allowances.setLimit(key, limit),
        setBrake: down,
        open: (key, limit) => (key.provider === "other" ? down() : allowances.open(key, limit)),
      },
    };
    await expect(ramp.run(1)).rejects.toThrow("1 of 1 pools were not ramped");
    expect(ramp.limit(1, other)).toBeUndefined();
    ramp.instead = {};
    await ramp.run(1, 1);
    expect([ramp.limit(1), await ramp.rule(1)]).toEqual([150, "grow"]);
    expect(ramp.limit(1, other)).toBe(100);
  });

  test("decides once: what is known better by then cuts, and says so", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    const { allowances } = ramp;
    ramp.instead = { allowances: Object.assign(Object.create(allowances), { open: down }) };
    await expect(ramp.run(1)).rejects.toThrow();
    await ramp.answer(0, { blocked: 90 });
    ramp.instead = {};
    await ramp.run(1, 1);
    expect([ramp.limit(1), await ramp.rule(1)]).toEqual([100, "cut-refused"]);
  });

  test.each(["pause", "disable"] as const)(
    "between the record and the allowance: %s still takes effect",
    async (action) => {
      const ramp = new TestRamp();
      await ramp.warm(0, 0);
      await ramp.run(1);
      ramp.operator(1, { action });
      const { allowances } = ramp;
      ramp.instead = {
        allowances: {
          read: (keys) => allowances.read(keys),
          open: (key, limit) => allowances.open(key, limit),
          setLimit: down,
          setBrake: down,
        },
      };
      await expect(ramp.run(1, 1)).rejects.toThrow();
      ramp.instead = {};
      await ramp.run(1, 2);
      expect(ramp.limit(1)).toBe(action === "pause" ? 0 : 1_000_000_000);
    },
  );
});

describe("dedicated IPs", () => {
  test("that are new are moved to their pool's warming IPs, counted at once, and told of", async () => {
    const ramp = new TestRamp({ [one]: sesDefaultPool, "192.0.2.9": sesDefaultPool });
    await ramp.run(0);
    expect(ramp.ips.moves).toEqual([`${one} -> news-warming`]);
    expect(ramp.lifeCycles.of("news")).toMatchObject({ phase: "warming", since: today, ips: [{ ip: one }] });
    expect(ramp.audit.says).toEqual([
      `${one} goes to news-warming: a new IP warms up`,
      `${one} is new: its warm-up starts`,
    ]);
  });

  test("that were moved elsewhere by hand stay there", async () => {
    const ramp = new TestRamp({ [one]: "by-hand" });
    await ramp.run(0);
    expect(ramp.ips.moves).toEqual([]);
    expect(ramp.limit(0)).toBeUndefined();
  });

  test("that come in the course of the first day do not raise it", async () => {
    const ramp = new TestRamp({ [one]: sesDefaultPool }, [aPool({ ips: [one, two] })]);
    await ramp.warm(0, 0);
    ramp.ips.put(two, sesDefaultPool);
    await ramp.run(0, 5);
    expect([ramp.ips.moves.length, ramp.limit(0)]).toEqual([2, 100]);
  });

  test("are moved one entry each in the audit, at the same moment too", async () => {
    const ramp = new TestRamp({ [one]: sesDefaultPool, [two]: sesDefaultPool }, [aPool({ ips: [one, two] })]);
    await ramp.run(0);
    for (const ip of [one, two]) {
      expect(ramp.audit.says).toContain(`${ip} goes to news-warming: a new IP warms up`);
      expect(ramp.audit.says).toContain(`${ip} is new: its warm-up starts`);
    }
  });

  test("that SES will not move stay where they are, and the next run tries again", async () => {
    const ramp = new TestRamp();
    ramp.ips.stuck.add(one);
    await ramp.run(0);
    expect(ramp.limit(0)).toBeUndefined();
    expect(ramp.log.of("IP_NOT_ASSIGNED")).toHaveLength(1);
    ramp.ips.stuck.clear();
    await ramp.run(0, 1);
    expect([ramp.ips.moves, ramp.limit(0)]).toEqual([[`${one} -> news-warming`], 100]);
  });

  test("that SES will not move are not on record where they are not", async () => {
    const ramp = new TestRamp();
    ramp.ips.stuck.add(one);
    await ramp.run(0);
    for (const { sesPool } of ramp.lifeCycles.of("news").ips) expect(sesPool).toBe(sesDefaultPool);
  });

  test("that SES will not move do not keep the other pools from their day", async () => {
    const pools = [aPool(), aPool({ name: "b", ips: [two] })];
    const ramp = new TestRamp({ [one]: sesDefaultPool, [two]: sesDefaultPool }, pools);
    ramp.ips.stuck.add(one);
    await ramp.run(0);
    expect(ramp.limit(0, { pool: "b" })).toBe(100);
  });
});

test("a pool that fails does not stop the others, and the run fails for the alarm", async () => {
  const pools = [aPool(), aPool({ name: "b", ips: [two] })];
  const ramp = new TestRamp({ [one]: sesDefaultPool, [two]: sesDefaultPool }, pools);
  const { lifeCycles } = ramp;
  ramp.instead = {
    lifeCycles: {
      read: (pool) => (pool === "news" ? down() : lifeCycles.read(pool)),
      write: (changed) => lifeCycles.write(changed),
    },
  };
  await expect(ramp.run(0)).rejects.toThrow("1 of 2 pools were not ramped");
  expect([ramp.limit(0), ramp.limit(0, { pool: "b" })]).toEqual([undefined, 100]);
  expect(ramp.log.of("RAMP_FAILED")).toMatchObject([{ level: "error", fields: { pool: "news", day: today } }]);
  expect(await ramp.record.mark("news")).toBeUndefined();
});

test("a life cycle that was changed meanwhile fails the run, and the next goes on from what it is then", async () => {
  const ramp = new TestRamp();
  ramp.lifeCycles.beforeWrite = ({ pool }) => {
    ramp.lifeCycles.beforeWrite = () => {};
    ramp.lifeCycles.change(pool, { paused: true });
  };
  await expect(ramp.run(0)).rejects.toThrow("1 of 1 pools were not ramped");
  expect(ramp.limit(0)).toBeUndefined();
  await ramp.run(0, 1);
  expect([ramp.limit(0), await ramp.rule(0)]).toEqual([0, "paused"]);
  expect(ramp.lifeCycles.of("news")).toMatchObject({ phase: "warming", paused: true });
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
