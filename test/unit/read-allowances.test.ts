import { describe, expect, test } from "vitest";
import { readAllowances } from "../../shared/app/status/read-allowances.ts";
import { today } from "../support/builders.ts";
import { aDeployment } from "../support/status.ts";

describe("readAllowances", () => {
  const range = { pools: ["news", "receipts"], from: "2026-11-01", to: today, demanded: new Set(["yahoo"]) };

  test("lists warming allowances that were used or in demand, each with the refusals of its own day", async () => {
    const { ports, allow, count } = aDeployment();
    allow({ provider: "gmail", limit: 50, used: 20, day: "2026-10-31" });
    allow({ provider: "gmail", limit: 60, used: 30, day: "2026-11-01" });
    allow({ provider: "yahoo", limit: 10, used: 0, day: "2026-11-01" });
    allow({ provider: "apple", limit: 10, used: 0, day: "2026-11-01" });
    allow({ provider: "gmail", limit: 90, used: 80, route: "established" });
    allow({ provider: "gmail", limit: 70, used: 35, pool: "receipts" });
    count({ day: "2026-11-01" }, { deferred: 2, blocked: 1 });
    count({ pool: "receipts", route: "shared" }, { deferred: 50 });
    expect(await readAllowances(ports, range)).toEqual([
      {
        pool: "news",
        provider: "gmail",
        day: "2026-11-01",
        allowance: 60,
        used: 30,
        deferred: 2,
        blocked: 1,
        decision: "grow",
      },
      {
        pool: "news",
        provider: "yahoo",
        day: "2026-11-01",
        allowance: 10,
        used: 0,
        deferred: 0,
        blocked: 0,
        decision: "grow",
      },
      {
        pool: "receipts",
        provider: "gmail",
        day: today,
        allowance: 70,
        used: 35,
        deferred: 0,
        blocked: 0,
        decision: "grow",
      },
    ]);
  });
});
