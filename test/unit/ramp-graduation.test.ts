import { describe, expect, test } from "vitest";
import { sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import { aPlan, aPool } from "../support/builders.ts";
import { TestRamp } from "../support/ramp.ts";

const [one, two] = ["192.0.2.1", "192.0.2.2"] as const;
const established = { route: "established" } as const;

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
      await ramp.send(day, day === 3 ? undefined : 70);
    }
    await ramp.run(4);
    expect(ramp.lifeCycles.of("news").phase).toBe("warming");
    // A batch from before midnight gives back what it did not send: the day did not need all it had.
    await ramp.release(3, 1);
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
