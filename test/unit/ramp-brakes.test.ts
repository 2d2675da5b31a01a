import { describe, expect, test } from "vitest";
import type { Brake } from "../../shared/domain/brakes/brake.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { today } from "../support/builders.ts";
import { TestRamp } from "../support/ramp.ts";

const startMs = Date.parse(`${today}T00:00:00Z`);
const hourMs = 3_600_000;
const gmail = { pool: "news", route: "warming", provider: "gmail" } as const;

function stop(fromHour: number, toHour: number): Brake {
  const times = { sinceMs: startMs + fromHour * hourMs, untilMs: startMs + toHour * hourMs };
  return { step: "stop", rule: "listed", level: 1, trickles: false, why: "1 of 7 answers", ...times };
}

describe("a brake and the ramp", () => {
  test("a day with a brake is followed by no growth, although all of it was used", async () => {
    const ramp = new TestRamp();
    await ramp.run(0);
    await ramp.send(0);
    await ramp.allowances.setBrake({ ...gmail, day: ramp.day(0) }, stop(10, 12));
    await ramp.run(1);
    expect([ramp.limit(1), await ramp.rule(1)]).toEqual([ramp.limit(0), "braked"]);
    expect(await ramp.rule(1, { provider: "other" })).not.toBe("braked");
  });

  test("a brake that reaches past midnight is on the new day's allowance from its opening on", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    await ramp.brakes.keep(gmail, stop(20, 26));
    ramp.clock.atMs = startMs + dayMs;
    await ramp.run(1);
    expect(ramp.allowances.of({ ...gmail, day: ramp.day(1) })?.brake).toMatchObject({ step: "stop", floor: 0 });
    expect(ramp.allowances.of({ ...gmail, provider: "other", day: ramp.day(1) })?.brake).toBeUndefined();
  });

  test("one that is over by then is not", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    await ramp.brakes.keep(gmail, stop(10, 24));
    ramp.clock.atMs = startMs + dayMs;
    await ramp.run(1);
    expect(ramp.allowances.of({ ...gmail, day: ramp.day(1) })?.brake).toBeUndefined();
  });
});
