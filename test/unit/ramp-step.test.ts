import { describe, expect, test } from "vitest";
import { planAt } from "../../shared/domain/warm-up/plan.ts";
import { type DayEvidence, rampStep } from "../../shared/domain/warm-up/ramp.ts";

const plan = { startPerIp: 100, growthPerDay: 1.5, targetPerIp: 1_000 };
const used = (allowance: number, changes: Partial<DayEvidence> = {}): DayEvidence => ({
  allowance,
  used: allowance,
  deferred: 0,
  blocked: 0,
  ...changes,
});

describe("the ramp's step", () => {
  test("starts with the plan's start for each IP", () => {
    expect(rampStep(plan, 2, undefined)).toMatchObject({ allowance: 200, rule: "start" });
  });

  test("never starts above the target", () => {
    expect(rampStep({ ...plan, targetPerIp: 60 }, 1, undefined)).toMatchObject({ allowance: 60, rule: "start" });
  });

  test("grows by one step of the plan after a day that was used", () => {
    expect(rampStep(plan, 1, used(100))).toMatchObject({ allowance: 150, rule: "grow" });
  });

  test.each([
    [80, 150, "grow"],
    [79, 100, "hold-unproven"],
  ])("takes a day as proven from 80 %% of its allowance: %i of 100 used", (sent, allowance, rule) => {
    expect(rampStep(plan, 1, used(100, { used: sent }))).toMatchObject({ allowance, rule });
  });

  test.each([
    [2, 150, "grow"],
    [3, 100, "hold-refused"],
  ])("holds after a day with more than 2 %% refused: %i of 100", (deferred, allowance, rule) => {
    expect(rampStep(plan, 1, used(100, { deferred }))).toMatchObject({ allowance, rule });
  });

  test("adds deferred and blocked for what was refused", () => {
    expect(rampStep(plan, 1, used(100, { deferred: 2, blocked: 1 }))).toMatchObject({ rule: "hold-refused" });
  });

  test("holds after refusals on a day without any use", () => {
    expect(rampStep(plan, 1, used(100, { used: 0, blocked: 1 }))).toMatchObject({ rule: "hold-refused" });
  });

  test("grows by one recipient at least, so that a small allowance is not stuck", () => {
    expect(rampStep({ ...plan, growthPerDay: 1.01 }, 1, used(5))).toMatchObject({ allowance: 6 });
  });

  test("stays where it is with a growth of 1", () => {
    expect(rampStep({ ...plan, growthPerDay: 1 }, 1, used(50))).toMatchObject({ allowance: 50 });
  });

  test("stops at the target", () => {
    expect(rampStep(plan, 1, used(900))).toMatchObject({ allowance: 1_000, rule: "grow" });
    expect(rampStep(plan, 1, used(1_000))).toMatchObject({ allowance: 1_000, rule: "target-reached" });
  });

  test("falls to what fewer IPs carry", () => {
    expect(rampStep(plan, 1, used(1_500))).toMatchObject({ allowance: 1_000, rule: "ips-changed" });
  });

  test("does not jump when IPs are added", () => {
    expect(rampStep(plan, 3, used(100))).toMatchObject({ allowance: 150, rule: "grow" });
  });

  test("gives its figures in words", () => {
    expect(rampStep(plan, 1, used(100, { used: 40 })).why).toBe("only 40 of 100 were used");
  });
});

describe("the plan at one provider", () => {
  test("is the plan where the provider has nothing of its own", () => {
    expect(planAt({ ...plan, providers: {} }, "gmail")).toEqual(plan);
  });

  test("changes only what the provider names", () => {
    const providers = { microsoft: { startPerIp: 10 } };
    expect(planAt({ ...plan, providers }, "microsoft")).toEqual({ ...plan, startPerIp: 10 });
  });

  test("has nothing of inherited names", () => {
    expect(planAt({ ...plan, providers: {} }, "constructor")).toEqual(plan);
  });
});
