import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readLimits } from "../../infra/local/run/limits-in-force.ts";
import { overAllowance } from "../../infra/local/run/summary.ts";

const of = { pool: "marketing", provider: "gmail", day: "2026-12-01" };
const at = (time: string): number => Date.parse(`2026-12-01T${time}:00Z`);

/** Domain events as the local bus keeps them. */
function limits(...decided: readonly (readonly [time: string, limit: number])[]) {
  const file = join(mkdtempSync(join(tmpdir(), "ses-warmup-limits-")), "events.jsonl");
  const lines = decided.map(([time, allowance]) =>
    JSON.stringify({
      Source: "ses-warmup",
      DetailType: "Allowances Decided",
      time: new Date(at(time)).toISOString(),
      detail: {
        pool: of.pool,
        day: of.day,
        decisions: [
          { route: "warming", provider: of.provider, allowance },
          { route: "established", provider: of.provider, allowance: 9_999 },
        ],
      },
    }),
  );
  writeFileSync(file, [...lines, '{"Source":"ses-warm'].join("\n"));
  return readLimits(file);
}

/** Mail of one recipient each by warming IPs, at times of the day. */
function sent(count: number, time: string) {
  const tags = { "sw-route": "warming", "sw-pool": of.pool, "sw-provider": of.provider, "sw-day": of.day };
  return Array.from({ length: count }, () => ({ tags, to: ["a@gmail.com"], sentAtMs: at(time) }));
}

const lowered = [{ ...of, allowance: 39 }];

test("mail is judged by the limit that was in force when it was sent, not by the day's last", () => {
  const through = limits(["00:00", 54], ["13:10", 39]);
  expect(overAllowance(sent(54, "09:00"), lowered, through)).toBe(0);
});

test("mail that leaves after a limit was lowered below what is used is over it", () => {
  const through = limits(["00:00", 54], ["13:10", 39]);
  expect(overAllowance([...sent(54, "09:00"), ...sent(2, "14:00")], lowered, through)).toBe(2);
});

test("mail above the limit of its time is over it, although a later limit would do", () => {
  expect(overAllowance(sent(5, "09:00"), [{ ...of, allowance: 9 }], limits(["00:00", 3], ["13:00", 9]))).toBe(2);
});

test("mail that was reserved just before a limit fell was allowed", () => {
  expect(overAllowance(sent(54, "13:10"), lowered, limits(["00:00", 54], ["13:10", 39]))).toBe(0);
});

test("where nothing tells of a limit, the table's counts; no allowance allows none", () => {
  expect(overAllowance(sent(41, "09:00"), lowered, limits())).toBe(2);
  expect(overAllowance(sent(2, "09:00"), [], limits())).toBe(2);
});
