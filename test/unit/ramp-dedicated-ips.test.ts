import { describe, expect, test } from "vitest";
import { sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import { aPool, today } from "../support/builders.ts";
import { TestRamp } from "../support/ramp.ts";

const [one, two] = ["192.0.2.1", "192.0.2.2"] as const;

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
