import { describe, expect, test } from "vitest";
import { governedAllowance } from "../../shared/domain/warm-up/governor.ts";
import type { DayFacts } from "../../shared/domain/warm-up/history.ts";
import type { WarmUpPlan } from "../../shared/domain/warm-up/plan.ts";
import { aPlan, historyOf, today } from "../support/builders.ts";

function governed(
  days: Partial<DayFacts>[],
  { ips = 1, plan = {} }: { ips?: number; plan?: Partial<WarmUpPlan> } = {},
) {
  return governedAllowance(aPlan({ targetPerIp: 10_000, ...plan }), "gmail", {
    history: historyOf(...days),
    day: today,
    ips,
  });
}

describe("a day on established IPs", () => {
  test("is at most twice the highest of the last week, and says so (guide rows 19, 20)", () => {
    const why = "at most 2 times the highest of the last 7 days (700)";
    const days = [
      { used: 0, established: 300 },
      { used: 0, established: 700 },
      { used: 0, established: 100 },
    ];
    expect(governed(days)).toEqual({ allowance: 1_400, rule: "governed", why });
  });

  test("counts what warming and established IPs sent together", () => {
    expect(governed([{ used: 200, established: 300 }]).allowance).toBe(1_000);
  });

  test("does not count what left by shared IPs", () => {
    expect(governed([{ used: 200, shared: 5_000 }]).allowance).toBe(400);
  });

  test("cools after seven whole days without mail, and not after six", () => {
    const idle = (days: number) => governed([{ used: 0, established: 800 }, ...Array(days).fill({ used: 0 })]).rule;
    expect([idle(6), idle(7)]).toEqual(["governed", "cooled"]);
  });

  test("forgets what is older than the plan's days", () => {
    const quiet = Array.from({ length: 6 }, () => ({ used: 0, established: 100 }));
    expect(governed([{ used: 900 }, ...quiet]).allowance).toBe(1_800);
    expect(governed([{ used: 900 }, ...quiet, ...quiet.slice(0, 1)]).allowance).toBe(200);
    expect(governed([{ used: 900 }, { used: 100 }], { plan: { governorDays: 1 } }).allowance).toBe(200);
  });

  test("takes the plan's own multiple, in whole recipients", () => {
    expect(governed([{ used: 333 }], { plan: { governorGrowth: 1.5 } }).allowance).toBe(499);
  });

  test("starts as a warm-up does where there was no mail of late", () => {
    expect(governed([]).allowance).toBe(100);
    expect(governed([], { ips: 3 }).allowance).toBe(300);
    expect(governed([{ used: 10 }]).allowance).toBe(100);
  });

  test("starts with the provider's share of a published table", () => {
    expect(governed([], { plan: { table: [50, 50], startPerIp: 50, share: 0.2 } }).allowance).toBe(10);
  });

  test("never passes the target of its IPs, at its start neither", () => {
    expect(governed([{ used: 9_000 }]).allowance).toBe(10_000);
    expect(governed([{ used: 9_000 }], { ips: 3 }).allowance).toBe(18_000);
    expect(governed([], { plan: { targetPerIp: 40 } }).allowance).toBe(40);
  });
});
