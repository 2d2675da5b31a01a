import { describe, expect, test } from "vitest";
import { byHandLimit } from "../../shared/domain/warm-up/ramp.ts";
import { establishedRamp, warmedRamp } from "../support/ramp.ts";

describe("warming by hand", () => {
  test("limits nothing from the next run on, and the plan again after it", async () => {
    const ramp = await warmedRamp();
    ramp.operator(4, { action: "disable" });
    await ramp.run(4, 1);
    expect([ramp.limit(4), await ramp.rule(4)]).toEqual([byHandLimit, "by-hand"]);
    ramp.operator(4, { action: "enable" });
    await ramp.run(4, 2);
    expect([ramp.limit(4), await ramp.rule(4)]).toEqual([505, "grow"]);
  });

  test.each([
    ["goes on from what was really sent by hand", 600, 900],
    ["does not lose the level on a day by hand without mail", 0, 505],
    ["never starts above the target again", 500_000, 1_000],
  ])("%s", async (_what, sent, next) => {
    const ramp = await warmedRamp();
    ramp.operator(4, { action: "disable" });
    await ramp.run(4, 1);
    await ramp.send(4, sent);
    ramp.operator(5, { action: "enable" });
    await ramp.run(5);
    expect(ramp.limit(5)).toBe(next);
  });

  test("holds for established IPs as well", async () => {
    const ramp = await establishedRamp();
    ramp.operator(4, { action: "disable" });
    await ramp.run(4, 1);
    expect(ramp.limit(4, { route: "established" })).toBe(byHandLimit);
  });
});
