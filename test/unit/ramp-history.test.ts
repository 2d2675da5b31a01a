import { describe, expect, test } from "vitest";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { historyDays, isProven, refusedOn, trailing, withDay } from "../../shared/domain/warm-up/history.ts";
import { dayFacts, historyOf, today } from "../support/builders.ts";

test.each([
  [100, 100, true],
  [80, 100, true],
  [79, 100, false],
  [120, 100, true],
  [0, 100, false],
  [0, 0, false],
])("%i used of %i is proof of that level: %s", (used, allowance, proven) => {
  expect(isProven(dayFacts({ used, allowance }))).toBe(proven);
});

test("what a provider refused is what it deferred and what it blocked", () => {
  expect(refusedOn(dayFacts({ deferred: 3, blocked: 4, complained: 5 }))).toBe(7);
});

describe("a history", () => {
  const days = [-3, -1, -2].map((offset) => dayFacts({ day: dayAfter(today, offset) }));

  test("is in order of day, in whatever order its days came", () => {
    const history = days.reduce(withDay, historyOf());
    expect(history.map(({ day }) => day)).toEqual(["2026-10-30", "2026-10-31", "2026-11-01"]);
  });

  test("holds each day once, as it was last known", () => {
    const late = dayFacts({ day: dayAfter(today, -2), deferred: 9 });
    const history = withDay(days.reduce(withDay, historyOf()), late);
    expect(history.map(({ deferred }) => deferred)).toEqual([0, 9, 0]);
  });

  test("forgets the oldest of more than 60 days", () => {
    const long = Array.from({ length: 70 }, (_, index) => dayFacts({ day: dayAfter(today, index) }));
    const history = long.toReversed().reduce(withDay, historyOf());
    expect(history).toHaveLength(historyDays);
    expect(history[0]?.day).toBe(dayAfter(today, 10));
  });

  test("trails off with the day before and a number of days", () => {
    const long = historyOf(...Array.from({ length: 10 }, () => ({})), {});
    const within = trailing([...long, dayFacts({ day: today })], today, 3);
    expect(within.map(({ day }) => day)).toEqual([-3, -2, -1].map((offset) => dayAfter(today, offset)));
  });
});
