import { describe, expect, test } from "vitest";
import { sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import { byHandLimit } from "../../shared/domain/warm-up/ramp.ts";
import { aPlan, aPool } from "../support/builders.ts";
import { TestRamp } from "../support/ramp.ts";

const [one, two] = ["192.0.2.1", "192.0.2.2"] as const;
const established = { route: "established" } as const;

/** A pool that warmed up for days 0 to 3; day 4 is open with 505. */
async function warmed(): Promise<TestRamp> {
  const ramp = new TestRamp();
  await ramp.warm(0, 3);
  await ramp.run(4);
  return ramp;
}

/** A pool with one established IP that sends 400 a day, and day 4 open. */
async function establishedPool(ips: readonly string[] = [one]): Promise<TestRamp> {
  const ramp = new TestRamp(Object.fromEntries(ips.map((ip) => [ip, "news-established"])), [aPool({ ips })]);
  const known = ips.map((ip) => ({ ip, sesPool: "news-established", percentage: 100, since: ramp.day(-30) }));
  ramp.lifeCycles.change("news", { phase: "established", ips: known });
  for (const day of [0, 1, 2, 3]) {
    await ramp.run(day);
    await ramp.send(day, 400, established);
  }
  await ramp.run(4);
  return ramp;
}

describe("pause and resume", () => {
  test("within a day: nothing leaves in between, and the day goes on where it was", async () => {
    const ramp = await warmed();
    await ramp.send(4, 50);
    ramp.operator(4, { action: "pause" });
    await ramp.run(4, 1);
    expect([ramp.limit(4), await ramp.rule(4)]).toEqual([0, "paused"]);
    ramp.operator(4, { action: "resume" });
    await ramp.run(4, 2);
    expect([ramp.limit(4), await ramp.rule(4)]).toEqual([505, "grow"]);
    expect(await ramp.send(4)).toBe(455);
  });

  test("of one provider leaves the others alone", async () => {
    const ramp = await warmed();
    ramp.operator(4, { action: "pause", provider: "gmail" });
    await ramp.run(4, 1);
    expect([ramp.limit(4), ramp.limit(4, { provider: "other" })]).toEqual([0, 100]);
  });

  test("over days keeps the level", async () => {
    const ramp = await warmed();
    ramp.operator(4, { action: "pause" });
    for (const day of [5, 6]) await ramp.run(day);
    ramp.operator(7, { action: "resume" });
    await ramp.run(7);
    expect([ramp.limit(5), ramp.limit(6), ramp.limit(7)]).toEqual([0, 0, 505]);
  });

  test("over days keeps the level beside established IPs too", async () => {
    const ramp = new TestRamp({ [one]: sesDefaultPool, [two]: "news-established" });
    await ramp.warm(0, 3);
    ramp.operator(4, { action: "pause" });
    for (const day of [4, 5]) {
      await ramp.run(day);
      await ramp.send(day, 50, established);
    }
    ramp.operator(6, { action: "resume" });
    await ramp.run(6);
    expect(ramp.limit(6)).toBe(505);
  });

  test("does not forget what was refused before the pause", async () => {
    const ramp = await warmed();
    await ramp.send(4, 400);
    await ramp.answer(4, { blocked: 300 });
    ramp.operator(4, { action: "pause" });
    await ramp.run(4, 12);
    ramp.operator(5, { action: "resume" });
    await ramp.run(5);
    expect(ramp.limit(5)).toBeLessThan(505);
  });
});

describe("warming by hand", () => {
  test("limits nothing from the next run on, and the plan again after it", async () => {
    const ramp = await warmed();
    ramp.operator(4, { action: "disable" });
    await ramp.run(4, 1);
    expect([ramp.limit(4), await ramp.rule(4)]).toEqual([byHandLimit, "by-hand"]);
    ramp.operator(4, { action: "enable" });
    await ramp.run(4, 2);
    expect([ramp.limit(4), await ramp.rule(4)]).toEqual([505, "grow"]);
  });

  test("goes on from what was really sent by hand", async () => {
    const ramp = await warmed();
    ramp.operator(4, { action: "disable" });
    await ramp.run(4, 1);
    await ramp.send(4, 600);
    ramp.operator(5, { action: "enable" });
    await ramp.run(5);
    expect(ramp.limit(5)).toBe(900);
  });

  test("does not lose the level on a day by hand without mail", async () => {
    const ramp = await warmed();
    ramp.operator(4, { action: "disable" });
    await ramp.run(4, 1);
    ramp.operator(5, { action: "enable" });
    await ramp.run(5);
    expect(ramp.limit(5)).toBe(505);
  });

  test("never starts above the target again", async () => {
    const ramp = await warmed();
    ramp.operator(4, { action: "disable" });
    await ramp.run(4, 1);
    await ramp.send(4, 500_000);
    ramp.operator(5, { action: "enable" });
    await ramp.run(5);
    expect(ramp.limit(5)).toBe(1_000);
  });

  test("holds for established IPs as well", async () => {
    const ramp = await establishedPool();
    ramp.operator(4, { action: "disable" });
    await ramp.run(4, 1);
    expect(ramp.limit(4, established)).toBe(byHandLimit);
  });
});

describe("restart", () => {
  test("of a pool that warms up is back to day one, today", async () => {
    const ramp = await warmed();
    ramp.operator(4, { action: "restart" });
    await ramp.run(4, 1);
    expect([ramp.limit(4), await ramp.rule(4)]).toEqual([100, "start"]);
    await ramp.send(4);
    await ramp.run(5);
    expect(ramp.limit(5)).toBe(150);
  });

  test("of one provider leaves the others where they are", async () => {
    const ramp = new TestRamp();
    for (const day of [0, 1]) {
      await ramp.run(day);
      for (const provider of ["gmail", "other"]) await ramp.send(day, undefined, { provider });
    }
    await ramp.run(2);
    ramp.operator(2, { action: "restart", provider: "gmail" });
    await ramp.run(2, 1);
    expect([ramp.limit(2), ramp.limit(2, { provider: "other" })]).toEqual([100, 225]);
  });

  test("of an established pool ends that route before its IPs leave", async () => {
    const ramp = await establishedPool();
    expect(ramp.limit(4, established)).toBe(800);
    ramp.operator(4, { action: "restart" });
    let limitAtMove: number | undefined;
    const { ips } = ramp;
    ramp.instead = {
      ips: {
        list: () => ips.list(),
        assign: (ip, sesPool) => {
          limitAtMove = ramp.limit(4, established);
          return ips.assign(ip, sesPool);
        },
      },
    };
    await ramp.run(4, 1);
    expect(ips.moves).toEqual([`${one} -> news-warming`]);
    expect([limitAtMove, await ramp.rule(4, established)]).toEqual([0, "no-ips"]);
    expect([ramp.limit(4), ramp.limit(4, established)]).toEqual([100, 0]);
  });

  test("of one IP leaves the others established", async () => {
    const ramp = await establishedPool([one, two]);
    ramp.operator(4, { action: "restart", ip: two });
    await ramp.run(4, 1);
    expect(ramp.ips.moves).toEqual([`${two} -> news-warming`]);
    expect([ramp.limit(4), ramp.limit(4, established)]).toEqual([100, 800]);
  });

  test("of an IP that SES will not move is tried again by the next run", async () => {
    const ramp = await establishedPool();
    ramp.operator(4, { action: "restart" });
    ramp.ips.stuck.add(one);
    await ramp.run(4, 1);
    ramp.ips.stuck.clear();
    await ramp.run(4, 2);
    expect(ramp.ips.moves).toEqual([`${one} -> news-warming`]);
  });

  test("gives a route whose IP did not leave its day back", async () => {
    const ramp = await establishedPool();
    ramp.operator(4, { action: "restart" });
    ramp.ips.stuck.add(one);
    await ramp.run(4, 1);
    expect(ramp.limit(4, established)).toBe(800);
  });
});

describe("complete", () => {
  test("ends the warming route before its IPs leave, and opens the established one from what was sent", async () => {
    const ramp = await warmed();
    await ramp.send(4, 300);
    ramp.operator(4, { action: "complete" });
    await ramp.run(4, 1);
    expect(ramp.ips.moves.at(-1)).toBe(`${one} -> news-established`);
    expect([ramp.limit(4), await ramp.rule(4)]).toEqual([0, "no-ips"]);
    expect(ramp.limit(4, established)).toBe(674);
    await ramp.run(5);
    expect([ramp.limit(5), ramp.limit(5, established)]).toEqual([undefined, 674]);
  });

  test("of an IP that SES will not move is tried again by the next run; its day goes on", async () => {
    const ramp = await warmed();
    ramp.operator(4, { action: "complete" });
    ramp.ips.stuck.add(one);
    await ramp.run(4, 1);
    expect(ramp.limit(4)).toBe(505);
    ramp.ips.stuck.clear();
    await ramp.run(4, 2);
    expect([ramp.ips.moves.at(-1), ramp.limit(4)]).toEqual([`${one} -> news-established`, 0]);
  });

  test("and restart on the same day give the warming route its day back, from day one", async () => {
    const ramp = await warmed();
    ramp.operator(4, { action: "complete" });
    await ramp.run(4, 1);
    ramp.operator(4, { action: "restart" });
    await ramp.run(4, 2);
    expect([ramp.limit(4), ramp.limit(4, established)]).toEqual([100, 0]);
  });

  test("of one provider changes no other's way, and does not move the pool", async () => {
    const ramp = await warmed();
    ramp.operator(4, { action: "complete", provider: "other" });
    await ramp.run(4, 1);
    expect([ramp.limit(4), ramp.lifeCycles.of("news").phase]).toEqual([505, "warming"]);
  });
});

describe("a guard's hold", () => {
  const holds = [{ code: "auto-warm-up", sentence: "SES warms up too: switch it off", since: "2026-11-02" }];

  test("stops growth from today on, and says why", async () => {
    const ramp = await warmed();
    ramp.lifeCycles.change("news", { holds });
    await ramp.run(4, 1);
    expect([ramp.limit(4), await ramp.decision(4)]).toMatchObject([337, { rule: "held", why: holds[0]?.sentence }]);
  });

  test("that is put right lets the next day grow", async () => {
    const ramp = await warmed();
    ramp.lifeCycles.change("news", { holds });
    await ramp.run(4, 1);
    await ramp.send(4);
    ramp.lifeCycles.change("news", { holds: [] });
    await ramp.run(4, 2);
    expect(ramp.limit(4)).toBe(337);
    await ramp.run(5);
    expect(ramp.limit(5)).toBe(505);
  });
});

describe("graduation", () => {
  const plan = aPlan({ minDays: 4 });

  test("of every provider that matters makes the pool's IPs established the same day", async () => {
    const ramp = new TestRamp(undefined, [aPool({ plan })]);
    for (const day of [0, 1, 2, 3]) {
      await ramp.run(day);
      await ramp.send(day, 70);
    }
    await ramp.run(4);
    expect(ramp.lifeCycles.of("news")).toMatchObject({
      phase: "established",
      providers: { gmail: { graduatedOn: ramp.day(4) } },
    });
    expect(ramp.ips.moves.at(-1)).toBe(`${one} -> news-established`);
    expect([ramp.limit(4), ramp.limit(4, established)]).toEqual([undefined, 140]);
    expect(ramp.log.of("POOL_GRADUATED")).toHaveLength(1);
    expect(ramp.audit.says).toContain("pool news graduates: gmail are warm; its IPs become established");
  });

  test("waits for every provider that matters", async () => {
    const ramp = new TestRamp(undefined, [aPool({ plan })]);
    for (const day of [0, 1, 2, 3, 4]) {
      await ramp.run(day);
      await ramp.send(day, 70);
      if (day > 1) await ramp.send(day, 50, { provider: "other" });
    }
    const { phase, providers } = ramp.lifeCycles.of("news");
    expect([phase, providers.gmail?.graduatedOn, providers.other]).toEqual(["warming", ramp.day(4), undefined]);
    for (const day of [5, 6]) {
      await ramp.run(day);
      await ramp.send(day, 70);
      await ramp.send(day, 50, { provider: "other" });
    }
    expect(ramp.lifeCycles.of("news").phase).toBe("established");
  });

  test("is found once a day, when it opens", async () => {
    const ramp = new TestRamp(undefined, [aPool({ plan })]);
    for (const day of [0, 1, 2, 3]) {
      await ramp.run(day);
      await ramp.send(day, 70);
    }
    await ramp.overflow(3, 1);
    await ramp.run(4);
    expect(ramp.lifeCycles.of("news").phase).toBe("warming");
    await ramp.outcomes.add({ pool: "news", route: "shared", provider: "gmail", day: ramp.day(3) }, { accepted: -1 });
    await ramp.run(4, 4);
    expect(ramp.lifeCycles.of("news").phase).toBe("warming");
  });

  test("does not wait for the sample that keeps off warming IPs", async () => {
    const ramp = new TestRamp(undefined, [aPool({ plan })]);
    for (const day of [0, 1, 2, 3]) {
      await ramp.run(day);
      await ramp.send(day, 70);
      const control = { pool: "news", route: "shared", provider: "gmail", arm: "control", day: ramp.day(day) } as const;
      await ramp.outcomes.add(control, { accepted: 5 });
    }
    await ramp.run(4);
    expect(ramp.lifeCycles.of("news").phase).toBe("established");
  });

  /** One IP warms up beside an established one; each day so much leaves by either. */
  async function beside(warming: number, byEstablished: number): Promise<TestRamp> {
    const ramp = new TestRamp({ [one]: sesDefaultPool, [two]: "news-established" }, [aPool({ plan })]);
    for (const day of [0, 1, 2, 3, 4]) {
      await ramp.run(day);
      await ramp.send(day, warming);
      await ramp.send(day, byEstablished, established);
    }
    return ramp;
  }

  test("waits while an IP would carry much more among the established ones than it does now", async () => {
    const ramp = await beside(50, 100);
    expect(ramp.lifeCycles.of("news")).toMatchObject({
      phase: "warming",
      providers: { gmail: { graduatedOn: ramp.day(4) } },
    });
  });

  test("comes when it would carry about as much there", async () => {
    expect((await beside(70, 90)).lifeCycles.of("news").phase).toBe("established");
  });

  test("takes the IPs to the established ones although a new one waits", async () => {
    const ramp = new TestRamp({ [one]: sesDefaultPool }, [aPool({ plan, ips: [one, two] })]);
    for (const day of [0, 1, 2, 3]) {
      await ramp.run(day);
      await ramp.send(day, 70);
      if (day === 1) ramp.ips.put(two, sesDefaultPool);
    }
    expect(ramp.ips.moves).toEqual([`${one} -> news-warming`]);
    for (const hour of [0, 1]) await ramp.run(4, hour);
    const moves = new Set(ramp.ips.moves.slice(1));
    expect(moves).toEqual(new Set([`${one} -> news-established`, `${two} -> news-warming`]));
    expect(ramp.limit(4, established)).toBe(140);
    expect(ramp.limit(4)).toBe(100);
  });
});

test("a pool whose IPs were in its warming SES pool before anything was on record graduates like any other", async () => {
  const ramp = new TestRamp({ [one]: "news-warming" }, [aPool({ plan: aPlan({ minDays: 4 }) })]);
  for (const day of [0, 1, 2, 3, 4]) {
    await ramp.run(day);
    await ramp.send(day, 70);
  }
  expect(ramp.lifeCycles.of("news").phase).toBe("established");
});
