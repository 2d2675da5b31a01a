import { describe, expect, test } from "vitest";
import { dayAfter, dayMs, dayNumber, utcDay, weekday } from "../../shared/domain/utc-day.ts";

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

test("the number of a day is the day's own, in every day of 400 years", () => {
  const wrong: string[] = [];
  for (let epochMs = Date.UTC(1900, 0, 1); epochMs < Date.UTC(2300, 0, 1); epochMs += dayMs) {
    if (dayNumber(byDate(epochMs)) !== epochMs / dayMs) wrong.push(byDate(epochMs));
  }
  expect(wrong).toEqual([]);
});

describe("the day of the week", () => {
  test.each([
    ["2026-11-02", 1],
    ["2026-11-07", 6],
    ["2026-11-08", 7],
    ["1970-01-01", 4],
    ["1969-12-28", 7],
    ["2028-02-29", 2],
  ])("of %s is %i", (day, expected) => {
    expect(weekday(day)).toBe(expected);
  });

  test("is what Date says over 20 years", () => {
    for (let epochMs = Date.UTC(1965, 0, 1); epochMs < Date.UTC(1985, 0, 1); epochMs += dayMs) {
      expect(weekday(byDate(epochMs))).toBe(new Date(epochMs).getUTCDay() || 7);
    }
  });
});

test.each([
  ["2026-11-02", 0, "2026-11-02"],
  ["2026-11-02", 1, "2026-11-03"],
  ["2026-12-31", 1, "2027-01-01"],
  ["2028-03-01", -1, "2028-02-29"],
  ["2026-11-02", -365, "2025-11-02"],
])("%s and %i days is %s", (day, days, expected) => {
  expect(dayAfter(day, days)).toBe(expected);
});
