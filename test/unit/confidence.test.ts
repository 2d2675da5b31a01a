import { describe, expect, test } from "vitest";
import { rateAtLeast } from "../../shared/domain/confidence.ts";

describe("the lower bound of a rate", () => {
  // Wilson's score interval, one-sided 95 %, worked out by hand to four places.
  test.each([
    [0, 100, 0],
    [30, 100, 0.2307],
    [3, 100, 0.0121],
    [10, 1_000, 0.006],
    [50, 100, 0.4188],
    [100, 100, 0.9737],
  ])("of %i in %i is %f", (hits, total, bound) => {
    expect(rateAtLeast(hits, total)).toBeCloseTo(bound, 4);
  });

  test("is 0 for an empty sample", () => {
    expect(rateAtLeast(0, 0)).toBe(0);
    expect(rateAtLeast(3, 0)).toBe(0);
  });

  test("takes more hits than there were tries for all of them", () => {
    expect(rateAtLeast(12, 10)).toBe(rateAtLeast(10, 10));
  });

  test("comes nearer to the rate the larger the sample is, and never passes it", () => {
    const bounds = [10, 100, 1_000, 10_000, 1_000_000].map((total) => rateAtLeast(total / 10, total));
    expect(bounds).toEqual(bounds.toSorted((one, other) => one - other));
    expect(bounds.at(-1)).toBeCloseTo(0.1, 2);
    expect(bounds.at(-1)).toBeLessThan(0.1);
  });
});
