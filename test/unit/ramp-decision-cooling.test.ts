import { describe, expect, test } from "vitest";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { dayFacts, historyOf, today } from "../support/builders.ts";
import { decide } from "../support/ramp-decision.ts";

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
