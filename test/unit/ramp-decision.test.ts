import { describe, expect, test } from "vitest";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import type { DayFacts } from "../../shared/domain/warm-up/history.ts";
import type { WarmUpPlan } from "../../shared/domain/warm-up/plan.ts";
import { decideAllowance } from "../../shared/domain/warm-up/ramp.ts";
import type { RampFacts } from "../../shared/domain/warm-up/ramp-decision.ts";
import { aPlan, dayFacts, historyOf, today } from "../support/builders.ts";

const yesterday = dayAfter(today, -1);

/** Decides for today at gmail, with one IP, nothing paused and no hold unless told otherwise. */
function decide(facts: Partial<RampFacts> = {}, plan: Partial<WarmUpPlan> = {}) {
  return decideAllowance(aPlan(plan), "gmail", { day: today, ips: 1, history: [], paused: false, ...facts });
}

/** After one closed day, yesterday. */
const following = (last: Partial<DayFacts>, plan: Partial<WarmUpPlan> = {}) =>
  decide({ history: [dayFacts(last)] }, plan);

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

describe("refusals", () => {
  test("30 of 100 cut the level to 70 % of what was taken", () => {
    const why = `30 of 100 refused on ${yesterday}`;
    expect(following({ blocked: 30 }, { startPerIp: 10 })).toEqual({ allowance: 49, rule: "cut-refused", why });
  });

  test("count deferred and blocked together", () => {
    expect(following({ deferred: 15, blocked: 15 }, { startPerIp: 10 })).toMatchObject({ allowance: 49 });
  });

  test("never cut below the start: a trickle, so that acceptance can be seen again", () => {
    expect(following({ blocked: 100 })).toMatchObject({ allowance: 100, rule: "cut-refused" });
    expect(following({ allowance: 400, used: 400, blocked: 400 })).toMatchObject({
      allowance: 100,
      rule: "cut-refused",
    });
  });

  test.each([
    [1, 150, "grow"],
    [3, 100, "refused"],
    [4, 100, "refused"],
    [5, 100, "cut-refused"],
  ])("are judged by what is certain: %i of 100", (deferred, allowance, rule) => {
    expect(following({ deferred })).toMatchObject({ allowance, rule });
  });

  test.each([
    [10, 3_000, "grow"],
    [40, 2_000, "refused"],
    [160, 1_288, "cut-refused"],
  ])("of %i in 2,000 are judged by the same shares", (blocked, allowance, rule) => {
    const day = { allowance: 2_000, blocked };
    expect(following(day, { targetPerIp: 50_000 })).toMatchObject({ allowance, rule });
  });

  test.each([
    [1, 1],
    [1, 3],
    [1, 10],
    [1, 40],
  ])("one among few decides nothing: %i of %i", (blocked, used) => {
    expect(following({ allowance: used, used, blocked }, { startPerIp: 1 }).rule).toBe("grow");
  });

  test("of a day without any use do not let it grow", () => {
    expect(following({ used: 0, blocked: 1 }).allowance).toBe(100);
  });
});

describe("complaints", () => {
  const plan = { targetPerIp: 50_000 };

  test("stop growth when more than 0.1 % are certain", () => {
    const why = "7 complaints of 2000 in 7 days";
    expect(following({ allowance: 2_000, complained: 7 }, plan)).toEqual({ allowance: 2_000, rule: "complaints", why });
    expect(following({ allowance: 2_000, complained: 3 }, plan)).toMatchObject({ allowance: 3_000, rule: "grow" });
  });

  test("cut the level to a half when more than 0.3 % are certain", () => {
    const why = "20 complaints of 2000 in 7 days";
    const decided = following({ allowance: 2_000, complained: 20 }, plan);
    expect(decided).toEqual({ allowance: 1_000, rule: "cut-complaints", why });
  });

  test.each([
    [1, 1],
    [1, 50],
    [2, 100],
    [2, 400],
  ])("one or two among few decide nothing: %i of %i", (complained, used) => {
    expect(following({ allowance: used, used, complained }, { ...plan, startPerIp: 1 }).rule).toBe("grow");
  });

  test("of a week are taken together, since they come days late", () => {
    const week = Array.from({ length: 7 }, () => ({ allowance: 200, complained: 2 }));
    expect(decide({ history: historyOf(...week) }, plan).rule).toBe("cut-complaints");
    const before = { allowance: 200, complained: 50 };
    const clean = Array.from({ length: 7 }, () => ({ allowance: 200 }));
    expect(decide({ history: historyOf(before, ...clean) }, plan).rule).toBe("grow");
  });

  test("cut once: on the days after, the same complaints only stop growth", () => {
    const history = historyOf({ allowance: 2_000, complained: 30 }, { allowance: 1_000 });
    expect(decide({ history }, plan)).toMatchObject({ allowance: 1_000, rule: "complaints" });
  });

  test("and refusals together never leave more than either alone", () => {
    const day = { allowance: 1_000, used: 1_000 };
    const plan = { startPerIp: 10, targetPerIp: 5_000 };
    const refused = following({ ...day, blocked: 40 }, plan).allowance;
    const complained = following({ ...day, complained: 10 }, plan).allowance;
    const both = following({ ...day, blocked: 40, complained: 10 }, plan).allowance;
    expect(both).toBeLessThanOrEqual(Math.min(refused, complained));
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

describe("another number of IPs", () => {
  test.each([
    [1, 2, 1_200],
    [2, 1, 300],
    [3, 2, 400],
  ])("keeps the level of each IP: from %i to %i", (before, ips, allowance) => {
    const history = [dayFacts({ allowance: 600, used: 1, ips: before })];
    expect(decide({ history, ips })).toMatchObject({ allowance, rule: "unproven" });
  });

  test("never falls below the start of those there are", () => {
    expect(decide({ history: [dayFacts({ used: 0, ips: 1 })], ips: 3 }).allowance).toBe(300);
  });

  test("falls to what fewer IPs may carry", () => {
    const history = [dayFacts({ allowance: 3_000, ips: 3 })];
    expect(decide({ history, ips: 1 })).toMatchObject({ allowance: 1_000, rule: "target-reached" });
  });

  test("the same number leaves a level as it is, to the last recipient", () => {
    const history = [dayFacts({ allowance: 61, used: 0, ips: 7 })];
    expect(decide({ history, ips: 7 }, { startPerIp: 5 }).allowance).toBe(61);
  });
});

describe("idle time", () => {
  /** A day at 800, then days that were opened and not used. */
  const idleFor = (days: number, level = 800) => historyOf({ allowance: level }, ...quiet(days, level));
  const quiet = (days: number, allowance: number) => Array.from({ length: days }, () => ({ allowance, used: 0 }));

  test.each([
    [6, 800, "unproven"],
    [7, 400, "cooled"],
    [13, 400, "cooled"],
    [14, 200, "cooled"],
    [29, 200, "cooled"],
    [30, 100, "cooled"],
    [59, 100, "cooled"],
  ])("of %i days leaves %i", (days, allowance, rule) => {
    expect(decide({ history: idleFor(days) })).toMatchObject({ allowance, rule });
  });

  test("says how long and since when", () => {
    const why = `7 days without mail since ${dayAfter(today, -8)}`;
    expect(decide({ history: idleFor(7) }).why).toBe(why);
  });

  test("cools the same whether the ramp ran each day or not", () => {
    const missed = [dayFacts({ day: dayAfter(today, -15), allowance: 800 })];
    expect(decide({ history: missed })).toEqual(decide({ history: idleFor(14) }));
  });

  test("cools once, not again on each day after", () => {
    const cooled = [...quiet(6, 800), ...quiet(3, 400)];
    expect(decide({ history: historyOf({ allowance: 800 }, ...cooled) }).allowance).toBe(400);
  });

  test("never cools below the start", () => {
    expect(decide({ history: idleFor(20, 150) }).allowance).toBe(100);
  });

  test("is over with the first mail: the level grows again from where it had cooled to", () => {
    const history = historyOf({ allowance: 800 }, ...quiet(7, 400), { allowance: 400, used: 400 });
    expect(decide({ history })).toMatchObject({ allowance: 600, rule: "grow" });
  });

  test("is what the plan says it is", () => {
    const cooling = [{ afterDays: 2, keep: 0.9 }];
    expect(decide({ history: idleFor(2) }, { cooling })).toMatchObject({ allowance: 720, rule: "cooled" });
    expect(decide({ history: idleFor(40) }, { cooling: [] })).toMatchObject({ allowance: 800, rule: "unproven" });
  });

  test("cools the level of each IP when there are more of them now", () => {
    expect(decide({ history: idleFor(7), ips: 2 }).allowance).toBe(800);
  });

  test("cools the level of each IP when there are fewer of them now", () => {
    const history = idleFor(7).map((facts) => ({ ...facts, ips: 2 }));
    expect(decide({ history, ips: 1 }).allowance).toBe(200);
  });

  test("does not leave more than a target that was lowered", () => {
    expect(decide({ history: idleFor(7) }, { targetPerIp: 300 }).allowance).toBe(300);
  });

  test("does not lift a pause", () => {
    expect(decide({ history: idleFor(7), paused: true }).allowance).toBe(0);
  });
});
