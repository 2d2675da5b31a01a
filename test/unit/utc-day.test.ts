import { expect, test } from "vitest";
import { dayMs, utcDay } from "../../shared/domain/utc-day.ts";

const byDate = (epochMs: number) => new Date(epochMs).toISOString().slice(0, 10);

test.each([
  ["the epoch", 0, "1970-01-01"],
  ["the last ms of a day", Date.UTC(2026, 10, 2) - 1, "2026-11-01"],
  ["the first ms of a day", Date.UTC(2026, 10, 2), "2026-11-02"],
  ["a leap day", Date.UTC(2028, 1, 29, 23), "2028-02-29"],
  ["the day after February in a common year", Date.UTC(2027, 2, 1), "2027-03-01"],
  ["a leap day every 400 years", Date.UTC(2000, 1, 29), "2000-02-29"],
  ["no leap day at the turn of a century", Date.UTC(2100, 1, 28) + dayMs, "2100-03-01"],
  ["the end of a year", Date.UTC(2026, 11, 31), "2026-12-31"],
  ["a moment before 1970", -1, "1969-12-31"],
])("%s", (_, epochMs, day) => {
  expect(utcDay(epochMs)).toBe(day);
});

test("every day of 400 years, leap days and all, is what Date says", () => {
  const wrong: string[] = [];
  for (let epochMs = Date.UTC(1900, 0, 1); epochMs < Date.UTC(2300, 0, 1); epochMs += dayMs) {
    if (utcDay(epochMs) !== byDate(epochMs)) wrong.push(byDate(epochMs));
  }
  expect(wrong).toEqual([]);
});
