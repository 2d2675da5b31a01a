import { describe, expect, test } from "vitest";
import type { Arm } from "../../shared/domain/feedback/arm.ts";
import { noOutcomes, type OutcomeCounts, type OutcomeReading } from "../../shared/domain/feedback/outcome-counts.ts";
import { compareArms, isFaultOfIps, listFault } from "../../shared/domain/quality/reference-arm.ts";
import type { RouteKind } from "../../shared/domain/routing/route.ts";
import { today } from "../support/builders.ts";

function reading(arm: Arm, route: RouteKind, counts: Partial<OutcomeCounts>): OutcomeReading {
  const key = { pool: "news", stream: "news", arm, route, provider: "gmail", day: today };
  return { key, counts: { ...noOutcomes, ...counts } };
}

/** So many of 200 refused on each side. */
const refused = (trial: number, control: number): OutcomeReading[] => [
  reading("trial", "warming", { delivered: 200 - trial, blocked: trial }),
  reading("control", "shared", { delivered: 200 - control, deferred: control }),
];

describe("the verdict", () => {
  test.each([
    [0, 20, "dedicated-better"],
    [20, 0, "dedicated-worse"],
    [4, 6, "no-difference-seen"],
    [20, 20, "no-difference-seen"],
  ])("with %i and %i of 200 refused is %s", (trial, control, verdict) => {
    expect(compareArms(refused(trial, control)).verdict).toBe(verdict);
  });

  test("is not yet known below 100 answers on either side", () => {
    const few = reading("trial", "warming", { delivered: 50, blocked: 49 });
    const many = reading("control", "shared", { delivered: 500 });
    expect(compareArms([few, many])).toMatchObject({ verdict: "not-yet-known", trial: { hits: 49, total: 99 } });
    expect(compareArms([few, reading("trial", "warming", { delivered: 1 }), many]).verdict).toBe("dedicated-worse");
    expect(compareArms([])).toMatchObject({ verdict: "not-yet-known", trial: { low: 0, high: 1 } });
  });

  test("comes with both intervals, in figures and in words", () => {
    const { trial, control, why } = compareArms(refused(20, 0));
    expect(trial).toMatchObject({ hits: 20, total: 200 });
    expect([trial.low, trial.high, control.low, control.high].map((bound) => bound.toFixed(3))).toEqual([
      "0.070",
      "0.140",
      "0.000",
      "0.013",
    ]);
    expect(why).toMatch(
      /^refused on warming IPs 20 of 200 \(7\.\d+ % to 14\.\d+ %\), on others 0 of 200 \(0 % to 1\.3/,
    );
  });

  test("takes only trial mail by warming IPs and control mail by others", () => {
    const others = [
      reading("none", "warming", { blocked: 900 }),
      reading("trial", "shared", { blocked: 900 }),
      reading("control", "warming", { blocked: 900 }),
    ];
    expect(compareArms([...refused(4, 6), ...others])).toEqual(compareArms(refused(4, 6)));
  });

  test("is the IPs' fault when they alone are refused, by more than 2 %", () => {
    expect(isFaultOfIps(compareArms(refused(20, 0)))).toBe(true);
    expect(isFaultOfIps(compareArms(refused(20, 20)))).toBe(false);
    const little = [
      reading("trial", "warming", { delivered: 9_900, blocked: 100 }),
      reading("control", "shared", { delivered: 10_000 }),
    ];
    expect(compareArms(little).verdict).toBe("dedicated-worse");
    expect(isFaultOfIps(compareArms(little))).toBe(false);
  });

  test("is the list's fault when both sides are refused, or both bounce", () => {
    expect(listFault(refused(20, 20), false)).toMatch(/^refusals on warming IPs 20 of 200 .* the list's fault$/);
    expect(listFault(refused(20, 2), false)).toBeUndefined();
    const bouncing = refused(0, 0).map(({ key }) => ({ key, counts: { ...noOutcomes, delivered: 180, bounced: 20 } }));
    expect(listFault(bouncing, false)).toMatch(/^bounces on warming IPs/);
  });

  test("what SES's global list kept back is the list's, and no refusal of IPs", () => {
    const kept = refused(0, 0).map(({ key }) => ({ key, counts: { ...noOutcomes, delivered: 180, suppressed: 20 } }));
    expect(listFault(kept, false)).toMatch(/^bounces on warming IPs 20 of 200/);
    expect(compareArms(kept).trial).toMatchObject({ hits: 0, total: 180 });
  });

  test("that stands is lifted only clearly below the limit", () => {
    // At least 1.8 % on the one side.
    const readings = [
      reading("trial", "warming", { delivered: 975, blocked: 25 }),
      reading("control", "shared", { delivered: 950, blocked: 50 }),
    ];
    expect(listFault(readings, false)).toBeUndefined();
    expect(listFault(readings, true)).toBeDefined();
  });
});
