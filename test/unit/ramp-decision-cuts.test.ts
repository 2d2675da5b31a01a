import { describe, expect, test } from "vitest";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { historyOf, today } from "../support/builders.ts";
import { decide, following } from "../support/ramp-decision.ts";

const yesterday = dayAfter(today, -1);

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
    expect(following({ used: 0, blocked: 2 }).allowance).toBe(100);
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
