import { beforeAll, expect, test } from "vitest";
import { type KilledRun, runUnderKills } from "../e2e/killed-system.ts";

let killed: KilledRun;

beforeAll(async () => {
  killed = await runUnderKills(20, 20);
}, 1_800_000);

test("the local system is killed at 20 moments, starts included; each start is ready within a minute", () => {
  expect(killed.inStart).toBeGreaterThan(0);
  expect(killed.inStart + killed.atWork).toBe(20);
  expect(killed.longestStartMs).toBeLessThan(60_000);
});

test("nothing is lost, and every duplicate is a counted unknown", () => {
  const { sent, summary, unexplained } = killed;
  expect(sent + summary.held).toBe(summary.accepted);
  expect(unexplained).toEqual([]);
  expect(summary).toMatchObject({ unknown: 0, quarantined: 0, overAllowance: 0 });
});
