import { expect, test } from "vitest";
import { Schedules, timetable } from "../../infra/local/schedules.ts";

const at = (text: string): number => Date.parse(text);
const following = (expression: string, after: string, timezone = "UTC"): string | undefined => {
  const next = timetable(expression, timezone).next(at(after));
  return next === undefined ? undefined : new Date(next).toISOString();
};

test.each([
  ["rate(5 minutes)", "2026-11-02T10:02:00Z", "2026-11-02T10:05:00.000Z"],
  ["rate(1 hour)", "2026-11-02T10:00:00Z", "2026-11-02T11:00:00.000Z"],
  ["cron(0 * * * ? *)", "2026-11-02T10:00:00Z", "2026-11-02T11:00:00.000Z"],
  ["cron(15 10 ? * MON *)", "2026-11-03T00:00:00Z", "2026-11-09T10:15:00.000Z"],
  // 2026-11-08 is a Sunday: day 1 of the week to AWS.
  ["cron(0 0 ? * 1 *)", "2026-11-02T00:00:00Z", "2026-11-08T00:00:00.000Z"],
  ["cron(0 0 ? * 2-3 *)", "2026-11-04T00:00:00Z", "2026-11-09T00:00:00.000Z"],
  ["at(2026-11-05T06:00:00)", "2026-11-02T00:00:00Z", "2026-11-05T06:00:00.000Z"],
])("%s after %s is %s", (expression, after, expected) => {
  expect(following(expression, after)).toBe(expected);
});

test("an expression nobody knows is refused in words", () => {
  expect(() => timetable("every day", "UTC")).toThrow("expected rate(...), cron(...) or at(...)");
  expect(() => timetable("rate(often)", "UTC")).toThrow("expected a number of minutes, hours or days");
});

test("runs missed by a jump are made up for, in order of time, each with its own time", async () => {
  const ran: string[] = [];
  const schedules = new Schedules();
  const note = (name: string) => async (scheduledAtMs: number) => {
    ran.push(`${name} ${new Date(scheduledAtMs).toISOString().slice(11, 16)}`);
  };
  const since = at("2026-11-02T09:58:00Z");
  schedules.add("rate(5 minutes)", "UTC", since, note("release"));
  schedules.add("cron(0 * * * ? *)", "UTC", since, note("ramp"));
  await schedules.runDue(at("2026-11-02T10:06:00Z"));
  expect(ran).toEqual(["release 10:00", "ramp 10:00", "release 10:05"]);
  await schedules.runDue(at("2026-11-02T10:06:30Z"));
  expect(ran).toHaveLength(3);
});
