import { describe, expect, test } from "vitest";
import { planAt } from "../../shared/domain/warm-up/plan.ts";
import { planDefaults } from "../../shared/domain/warm-up/plan-presets.ts";
import { aPlan } from "../support/builders.ts";

const limits = { startPerIp: 100, growthPerDay: 1.5, targetPerIp: 1_000, minDays: 14, maxDays: 42, share: 1 };

describe("the plan at one provider", () => {
  test("is the plan where the provider has nothing of its own", () => {
    expect(planAt(aPlan(), "gmail")).toEqual(limits);
  });

  test("changes only what the provider names", () => {
    const providers = { microsoft: { startPerIp: 10, minDays: 21, share: 0.2, growthPerDay: undefined } };
    expect(planAt(aPlan({ providers }), "microsoft")).toEqual({ ...limits, startPerIp: 10, minDays: 21, share: 0.2 });
    expect(planAt(aPlan({ providers }), "gmail")).toEqual(limits);
  });

  test("has nothing of inherited names", () => {
    expect(planAt(aPlan(), "constructor")).toEqual(limits);
  });
});

test("a plan counts every day of the week, waits two weeks and cools after one, two and four unless it says otherwise", () => {
  expect(planDefaults).toMatchObject({
    sendingDays: [1, 2, 3, 4, 5, 6, 7],
    minDays: 14,
    maxDays: 42,
    governorGrowth: 2,
  });
  expect(planDefaults.cooling.map(({ afterDays, keep }) => [afterDays, keep])).toEqual([
    [7, 0.5],
    [14, 0.25],
    [30, 0],
  ]);
});
