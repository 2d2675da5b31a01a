import { describe, expect, test } from "vitest";
import { dayFacts } from "../support/builders.ts";
import { decide } from "../support/ramp-decision.ts";

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
