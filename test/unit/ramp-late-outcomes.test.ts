import { describe, expect, test } from "vitest";
import { aPool } from "../support/builders.ts";
import { TestRamp } from "../support/ramp.ts";

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
    await ramp.run(0);
    await ramp.send(0, 10);
    await ramp.run(1);
    // A batch from before midnight, reserved after it: by what is known now, today would be 150.
    await ramp.send(0);
    for (const hour of [4, 8]) await ramp.run(1, hour);
    expect([ramp.limit(1), await ramp.rule(1)]).toEqual([100, "unproven"]);
  });

  test("leaves today as it is when IPs came or went in between", async () => {
    const ramp = new TestRamp(undefined, [aPool({ ips: ["192.0.2.1", "192.0.2.2"] })]);
    await ramp.warm(0, 3);
    ramp.ips.put("192.0.2.2", "news-warming");
    await ramp.run(4);
    const opened = ramp.limit(4);
    await ramp.run(4, 4);
    expect([opened, ramp.limit(4)]).toEqual([1_011, 1_011]);
    const [yesterday] = (await ramp.progress.read("news")).get("gmail")?.slice(-1) ?? [];
    expect(yesterday).toMatchObject({ day: ramp.day(3), ips: 1 });
  });
});
