import fc from "fast-check";
import { expect, test } from "vitest";
import { rateAtLeast, rateAtMost } from "../../shared/domain/confidence.ts";
import { armOf, chanceRank, routesInArm } from "../../shared/domain/feedback/arm.ts";
import { routesUnder } from "../../shared/domain/quality/routes-under.ts";
import { wallLevels } from "../../shared/domain/quality/wall.ts";
import { routesOf } from "../../shared/domain/routing/route.ts";
import { aPool, aStream } from "../support/builders.ts";

const someShare = fc.double({ min: 0, max: 0.5, noNaN: true });

test("a message's arm depends on its id and the share alone; a larger share keeps the ids of a smaller one", () => {
  fc.assert(
    fc.property(fc.string(), someShare, someShare, (id, one, other) => {
      expect(armOf(id, one)).toBe(armOf(id, one));
      const [small, large] = [Math.min(one, other), Math.max(one, other)];
      if (armOf(id, small) !== "none") expect(armOf(id, large)).not.toBe("none");
      expect(armOf(id, 0)).toBe("none");
    }),
    { numRuns: 2_000 },
  );
});

test.each(["order-", "user@example.com/2026-11-02/", "9f8b-"])(
  "of many ids %s... half the share is in each arm",
  (prefix) => {
    const ids = Array.from({ length: 100_000 }, (_unused, index) => `${prefix}${index}`);
    const counts = { trial: 0, control: 0, none: 0 };
    let ranks = 0;
    for (const id of ids) {
      counts[armOf(id, 0.1)] += 1;
      if (armOf(id, 0.1) === "trial") ranks += chanceRank(id);
    }
    // Five standard deviations of a binomial count.
    const spread = 5 * Math.sqrt(ids.length * 0.05 * 0.95);
    for (const arm of ["trial", "control"] as const) expect(Math.abs(counts[arm] - 5_000)).toBeLessThan(spread);
    // Where a trial ranks has nothing to do with its being one.
    expect(ranks / counts.trial).toBeCloseTo(0.5, 1);
  },
);

test("an arm gives a message no route and takes none from it; a wall gives none", () => {
  const someStream = fc.record({ sharedAllowed: fc.boolean(), pool: fc.constantFrom("news", "alerts") });
  const pools = new Map([aPool({ overflowTo: "alerts" }), aPool({ name: "alerts" })].map((pool) => [pool.name, pool]));
  fc.assert(
    fc.property(someStream, fc.constantFrom(...wallLevels), (changes, level) => {
      const stream = aStream(changes);
      const routes = routesOf(stream, pools);
      for (const arm of ["trial", "control", "none"] as const) {
        expect(new Set(routesInArm(arm, routes))).toEqual(new Set(routes));
      }
      const left = routesUnder(stream.pool, level, routes);
      expect(left.every((route) => routes.includes(route))).toBe(true);
    }),
  );
});

test("a rate lies between its bounds, which part no further with more of the same", () => {
  const sample = fc.integer({ min: 1, max: 5_000 }).chain((total) => fc.tuple(fc.nat(total), fc.constant(total)));
  fc.assert(
    fc.property(sample, fc.integer({ min: 2, max: 50 }), ([hits, total], times) => {
      const width = (more: number) => rateAtMost(hits * more, total * more) - rateAtLeast(hits * more, total * more);
      expect(rateAtLeast(hits, total)).toBeLessThanOrEqual(hits / total + 1e-12);
      expect(rateAtMost(hits, total)).toBeGreaterThanOrEqual(hits / total - 1e-12);
      expect(width(times)).toBeLessThanOrEqual(width(1) + 1e-12);
    }),
    { numRuns: 2_000 },
  );
});
