import { describe, expect, test } from "vitest";
import { sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import { TestRamp, warmedRamp } from "../support/ramp.ts";

describe("pause and resume", () => {
  test("within a day: nothing leaves in between, and the day goes on where it was", async () => {
    const ramp = await warmedRamp();
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
    const ramp = await warmedRamp();
    ramp.operator(4, { action: "pause", provider: "gmail" });
    await ramp.run(4, 1);
    expect([ramp.limit(4), ramp.limit(4, { provider: "other" })]).toEqual([0, 100]);
  });

  test("over days keeps the level", async () => {
    const ramp = await warmedRamp();
    ramp.operator(4, { action: "pause" });
    for (const day of [5, 6]) await ramp.run(day);
    ramp.operator(7, { action: "resume" });
    await ramp.run(7);
    expect([ramp.limit(5), ramp.limit(6), ramp.limit(7)]).toEqual([0, 0, 505]);
  });

  test("stops warming only: established IPs go on as they were", async () => {
    const ramp = new TestRamp({ "192.0.2.1": sesDefaultPool, "192.0.2.2": "news-established" });
    await ramp.warm(0, 3);
    await ramp.run(4);
    const before = ramp.limit(4, { route: "established" });
    ramp.operator(4, { action: "pause" });
    await ramp.run(4, 1);
    await ramp.run(5);
    expect([ramp.limit(4), ramp.limit(5)]).toEqual([0, 0]);
    expect(before).toBeGreaterThan(0);
    expect(ramp.limit(4, { route: "established" })).toBe(before);
    expect(ramp.limit(5, { route: "established" })).toBeGreaterThan(0);
  });

  test("over days keeps the level beside established IPs too", async () => {
    const ramp = new TestRamp({ "192.0.2.1": sesDefaultPool, "192.0.2.2": "news-established" });
    await ramp.warm(0, 3);
    ramp.operator(4, { action: "pause" });
    for (const day of [4, 5]) {
      await ramp.run(day);
      await ramp.send(day, 50, { route: "established" });
    }
    ramp.operator(6, { action: "resume" });
    await ramp.run(6);
    expect(ramp.limit(6)).toBe(505);
  });

  test("does not forget what was refused before the pause", async () => {
    const ramp = await warmedRamp();
    await ramp.send(4, 400);
    await ramp.answer(4, { blocked: 300 });
    ramp.operator(4, { action: "pause" });
    await ramp.run(4, 12);
    ramp.operator(5, { action: "resume" });
    await ramp.run(5);
    expect(ramp.limit(5)).toBeLessThan(505);
  });
});
