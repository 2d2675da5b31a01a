import { describe, expect, test } from "vitest";
import { warmedRamp } from "../support/ramp.ts";

describe("a guard's hold", () => {
  const holds = [{ code: "auto-warm-up", sentence: "SES warms up too: switch it off", since: "2026-11-02" }];

  test("stops growth from today on, and says why", async () => {
    const ramp = await warmedRamp();
    ramp.lifeCycles.change("news", { holds });
    await ramp.run(4, 1);
    expect([ramp.limit(4), await ramp.decision(4)]).toMatchObject([337, { rule: "held", why: holds[0]?.sentence }]);
  });

  test("that is put right lets the next day grow", async () => {
    const ramp = await warmedRamp();
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
