import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeWall, type WallFacts } from "../../shared/domain/quality/judge-wall.ts";
import { severity, type Wall, wallLevels } from "../../shared/domain/quality/wall.ts";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { today } from "../support/builders.ts";

/** Few of many, or all of a few: where walls rise and fall. */
const someDay = fc
  .record({
    ago: fc.nat(9),
    taken: fc.oneof(fc.nat(400), fc.nat(20_000)),
    bounced: fc.oneof(fc.nat(20), fc.nat(1_500)),
    delivered: fc.oneof(fc.nat(2_000), fc.nat(100_000)),
    complained: fc.oneof(fc.nat(5), fc.nat(500)),
  })
  .map(({ ago, taken, bounced, delivered, complained }) => ({
    day: dayAfter(today, -ago),
    answered: taken + bounced,
    bounced,
    delivered: delivered + complained,
    complained,
  }));

const someWall = fc.record({
  level: fc.constantFrom(...wallLevels),
  cause: fc.constantFrom("bounces" as const, "complaints" as const, "list" as const),
});

const someFacts = fc
  .record({ days: fc.array(someDay, { minLength: 1, maxLength: 8 }), wall: fc.option(someWall, { nil: undefined }) })
  .map(({ days, wall }): WallFacts => {
    const before: Wall | undefined = wall && { ...wall, stream: "news", pool: "news", why: "before", sinceMs: 0 };
    return { today, days, before };
  });

const severityOf = (facts: WallFacts): number => severity(judgeWall(facts)?.level);

test("more bounces never lower a wall", () => {
  fc.assert(
    fc.property(someFacts, fc.nat(9), fc.nat(100), (facts, which, more) => {
      const days = facts.days.map((day, index) =>
        index === which % facts.days.length
          ? { ...day, answered: day.answered + more, bounced: day.bounced + more }
          : day,
      );
      expect(severityOf({ ...facts, days })).toBeGreaterThanOrEqual(severityOf(facts));
    }),
    { numRuns: 5_000 },
  );
});

test("more complaints about the same mail never lower a wall that was not there", () => {
  fc.assert(
    fc.property(someFacts, fc.nat(9), fc.nat(100), (facts, which, more) => {
      const fresh = { ...facts, before: undefined };
      const days = facts.days.map((day, index) =>
        index === which % facts.days.length ? { ...day, complained: day.complained + more } : day,
      );
      expect(severityOf({ ...fresh, days })).toBeGreaterThanOrEqual(severityOf(fresh));
    }),
    { numRuns: 5_000 },
  );
});

test("too few answers raise no wall", () => {
  const few = fc
    .array(someDay, { maxLength: 3 })
    .map((days) =>
      days.map((day) => ({ ...day, answered: Math.min(day.answered, 66), bounced: Math.min(day.bounced, 66) })),
    );
  fc.assert(
    fc.property(few, (days) => {
      const silent = days.map((day) => ({ ...day, delivered: 0, complained: 0 }));
      expect(judgeWall({ today, days: silent })).toBeUndefined();
    }),
  );
});

test("judged again by the same mail, a wall stays as it is", () => {
  fc.assert(
    fc.property(someFacts, (facts) => {
      const found = judgeWall(facts);
      const before = found && { ...found, stream: "news", pool: "news", sinceMs: 0 };
      fc.pre(found === undefined || found.cause === facts.before?.cause || facts.before === undefined);
      expect(judgeWall({ ...facts, before })?.level).toBe(found?.level);
    }),
    { numRuns: 5_000 },
  );
});
