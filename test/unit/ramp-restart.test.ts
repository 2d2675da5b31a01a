import { describe, expect, test } from "vitest";
import { establishedRamp, TestRamp, warmedRamp } from "../support/ramp.ts";

const [one, two] = ["192.0.2.1", "192.0.2.2"] as const;
const established = { route: "established" } as const;

describe("restart", () => {
  test("of a pool that warms up is back to day one, today", async () => {
    const ramp = await warmedRamp();
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
    const ramp = await establishedRamp();
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
    const ramp = await establishedRamp([one, two]);
    ramp.operator(4, { action: "restart", ip: two });
    await ramp.run(4, 1);
    expect(ramp.ips.moves).toEqual([`${two} -> news-warming`]);
    expect([ramp.limit(4), ramp.limit(4, established)]).toEqual([100, 800]);
  });

  test("of an IP that SES will not move is tried again by the next run", async () => {
    const ramp = await establishedRamp();
    ramp.operator(4, { action: "restart" });
    ramp.ips.stuck.add(one);
    await ramp.run(4, 1);
    ramp.ips.stuck.clear();
    await ramp.run(4, 2);
    expect(ramp.ips.moves).toEqual([`${one} -> news-warming`]);
  });

  test("gives a route whose IP did not leave its day back", async () => {
    const ramp = await establishedRamp();
    ramp.operator(4, { action: "restart" });
    ramp.ips.stuck.add(one);
    await ramp.run(4, 1);
    expect(ramp.limit(4, established)).toBe(800);
  });
});
