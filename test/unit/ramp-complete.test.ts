import { describe, expect, test } from "vitest";
import { warmedRamp } from "../support/ramp.ts";

const one = "192.0.2.1";
const established = { route: "established" } as const;

describe("complete", () => {
  test("ends the warming route before its IPs leave, and opens the established one from what was sent", async () => {
    const ramp = await warmedRamp();
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
    const ramp = await warmedRamp();
    ramp.operator(4, { action: "complete" });
    ramp.ips.stuck.add(one);
    await ramp.run(4, 1);
    expect(ramp.limit(4)).toBe(505);
    ramp.ips.stuck.clear();
    await ramp.run(4, 2);
    expect([ramp.ips.moves.at(-1), ramp.limit(4)]).toEqual([`${one} -> news-established`, 0]);
  });

  test("closes a day that a run under way has decided and not opened yet", async () => {
    const ramp = await warmedRamp();
    ramp.openNoDay();
    await expect(ramp.run(5)).rejects.toThrow();
    ramp.instead = {};
    ramp.operator(5, { action: "complete" });
    await ramp.run(5, 1);
    expect(ramp.limit(5)).toBe(0);
  });

  test("and restart on the same day give the warming route its day back, from day one", async () => {
    const ramp = await warmedRamp();
    ramp.operator(4, { action: "complete" });
    await ramp.run(4, 1);
    ramp.operator(4, { action: "restart" });
    await ramp.run(4, 2);
    expect([ramp.limit(4), ramp.limit(4, established)]).toEqual([100, 0]);
  });

  test("of one provider changes no other's way, and does not move the pool", async () => {
    const ramp = await warmedRamp();
    ramp.operator(4, { action: "complete", provider: "other" });
    await ramp.run(4, 1);
    expect([ramp.limit(4), ramp.lifeCycles.of("news").phase]).toEqual([505, "warming"]);
  });
});
