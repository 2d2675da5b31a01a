import { describe, expect, test } from "vitest";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import type { RampFacts } from "../../shared/domain/warm-up/ramp-decision.ts";
import { dayFacts, historyOf, today } from "../support/builders.ts";
import { decide, following } from "../support/ramp-decision.ts";

const yesterday = dayAfter(today, -1);

describe("the first day", () => {
  test("starts with the plan's start for each IP", () => {
    expect(decide({ ips: 2 })).toEqual({ allowance: 200, rule: "start", why: "first day, 2 IPs" });
  });

  test("never starts above the target", () => {
    expect(decide({}, { targetPerIp: 60 })).toMatchObject({ allowance: 60, rule: "start" });
  });

  test("starts as the provider's own limits say", () => {
    expect(decide({}, { providers: { gmail: { startPerIp: 10 }, yahoo: { startPerIp: 5 } } }).allowance).toBe(10);
  });

  test("is at least one recipient", () => {
    expect(decide({}, { table: [50, 100], startPerIp: 50, share: 0.001 }).allowance).toBe(1);
  });
});

describe("growth", () => {
  test("is one step of the plan after a day that was used (guide row 5)", () => {
    const why = `100 of 100 used on ${yesterday}`;
    expect(following({ used: 100 })).toEqual({ allowance: 150, rule: "grow", why });
  });

  test.each([
    [80, 150, "grow"],
    [79, 100, "unproven"],
    [0, 100, "unproven"],
  ])("asks for 80 %% of the day's allowance: %i of 100", (used, allowance, rule) => {
    expect(following({ used })).toMatchObject({ allowance, rule, why: `${used} of 100 used on ${yesterday}` });
  });

  test("compares what was used with the allowance of that day, not with today's", () => {
    // 90 is 90 % of that day's 100; the level for today's two IPs is 200.
    expect(decide({ ips: 2, history: [dayFacts({ used: 90 })] })).toMatchObject({ allowance: 300, rule: "grow" });
    // A day that was cut to 40 while it ran is proven by what it had left.
    expect(following({ allowance: 40, used: 40 }, { startPerIp: 20 })).toMatchObject({ allowance: 60, rule: "grow" });
  });

  test("comes from the last day only: an older one was judged on its own morning", () => {
    expect(decide({ history: historyOf({}, {}, { used: 10 }) })).toMatchObject({ allowance: 100, rule: "unproven" });
    expect(decide({ history: historyOf({ blocked: 90 }, { used: 0 }, {}) })).toMatchObject({ rule: "grow" });
  });

  test("is one step however many days were missed", () => {
    expect(following({ day: dayAfter(today, -6) })).toMatchObject({ allowance: 150, rule: "grow" });
  });

  test("is at least one recipient, so that a small allowance is not stuck", () => {
    expect(following({ allowance: 5 }, { startPerIp: 5, growthPerDay: 1.01 }).allowance).toBe(6);
  });

  test("is none with a growth of 1", () => {
    expect(following({ allowance: 150 }, { growthPerDay: 1 }).allowance).toBe(150);
  });

  test("stops at the target, and says so", () => {
    expect(following({ allowance: 900 })).toMatchObject({ allowance: 1_000, rule: "grow" });
    const why = "the plan's target is 1000 a day";
    expect(following({ allowance: 1_000 })).toEqual({ allowance: 1_000, rule: "target-reached", why });
  });

  test("falls to a target that was lowered", () => {
    expect(following({ allowance: 900 }, { targetPerIp: 500 })).toMatchObject({
      allowance: 500,
      rule: "target-reached",
    });
  });

  test("is the provider's own", () => {
    expect(following({}, { providers: { gmail: { growthPerDay: 1.2 } } }).allowance).toBe(120);
  });
});

describe("what stops growth", () => {
  test("a brake on that day", () => {
    const why = `a brake was in force on ${yesterday}`;
    expect(following({ braked: true })).toEqual({ allowance: 100, rule: "braked", why });
  });

  test("a hold, in its own words", () => {
    const hold = "SES warms up too: switch it off";
    expect(decide({ history: historyOf({}), hold })).toEqual({ allowance: 100, rule: "held", why: hold });
  });

  test("a hold does not keep a level that was refused", () => {
    expect(decide({ history: historyOf({ blocked: 90 }), hold: "held" }).rule).toBe("cut-refused");
  });

  test("a pause: nothing at all, on the first day too", () => {
    const paused = { allowance: 0, rule: "paused", why: "paused by an operator: resume it to go on" };
    expect(decide({ paused: true })).toEqual(paused);
    expect(decide({ paused: true, history: historyOf({}) })).toEqual(paused);
  });
});

describe("sending days", () => {
  const workdays = { sendingDays: [1, 2, 3, 4, 5] };
  const on = (day: string, history: RampFacts["history"]) => decide({ day, history }, workdays);
  const friday = dayFacts({ day: "2026-11-06", allowance: 400 });

  test("others leave the allowance as it is, and say so", () => {
    const why = "the plan does not count it";
    expect(on("2026-11-07", [friday])).toEqual({ allowance: 400, rule: "not-a-sending-day", why });
    expect(on("2026-11-06", [{ ...friday, day: "2026-11-05" }])).toMatchObject({ allowance: 600, rule: "grow" });
  });

  test("refusals cut on the others too", () => {
    expect(on("2026-11-07", [{ ...friday, blocked: 300 }]).rule).toBe("cut-refused");
  });

  test("little mail on a day that does not count leaves Monday the step that Friday earned", () => {
    const saturday = { ...friday, day: "2026-11-07", used: 3 };
    expect(on("2026-11-09", [friday, saturday])).toMatchObject({ allowance: 600, rule: "grow" });
  });

  test("a brake on a quiet day that does not count still keeps the next from growing", () => {
    const saturday = { ...friday, day: "2026-11-07", used: 0, braked: true };
    expect(on("2026-11-09", [friday, saturday])).toMatchObject({ allowance: 400, rule: "braked" });
  });

  test("a quiet weekend that does not count leaves Monday the step that Friday earned", () => {
    const weekend = ["2026-11-07", "2026-11-08"].map((day) => ({ ...friday, day, used: 0 }));
    expect(on("2026-11-09", [friday, ...weekend])).toMatchObject({ allowance: 600, rule: "grow" });
  });
});
