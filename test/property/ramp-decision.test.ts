import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayAfter, weekday } from "../../shared/domain/utc-day.ts";
import { governedAllowance } from "../../shared/domain/warm-up/governor.ts";
import { type DayFacts, type History, isProven, trailing, withDay } from "../../shared/domain/warm-up/history.ts";
import { planAt, type WarmUpPlan } from "../../shared/domain/warm-up/plan.ts";
import { decideAllowance } from "../../shared/domain/warm-up/ramp.ts";
import { aPlan, dayFacts, today } from "../support/builders.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** How much is left of something bad: often nothing or all of it. */
const less = fc.oneof(share, fc.constantFrom(0, 1));

/** A share of mail that something happened to: often none, often few. */
const rate = fc.oneof(fc.constant(0), share, fc.double({ min: 0, max: 0.2, noNaN: true }));

const aTable = fc
  .array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 40 })
  .map((entries) => entries.toSorted((one, other) => one - other));

/** With a growth ratio or with a table, at one provider. */
const somePlan = fc
  .record({
    startPerIp: fc.integer({ min: 1, max: 500 }),
    growthPerDay: fc.double({ min: 1, max: 2, noNaN: true }),
    above: fc.nat(50_000),
    share: fc.double({ min: 0.05, max: 1, noNaN: true }),
    table: fc.option(aTable, { nil: undefined }),
    sendingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  })
  .map(({ above, ...plan }) => {
    const startPerIp = plan.table?.[0] ?? plan.startPerIp;
    return aPlan({ ...plan, startPerIp, targetPerIp: startPerIp + above });
  });

/** What becomes of a day's allowance; shares of it, or of what was used. */
const someDay = fc.record({
  used: fc.oneof(share, fc.constant(1)),
  deferred: rate,
  blocked: rate,
  complained: rate,
  braked: fc.boolean(),
  /** Days without a run after it. */
  missed: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(40)),
});
type SomeDay = typeof someDay extends fc.Arbitrary<infer Day> ? Day : never;

/** All of the allowance used, nothing refused. */
const good: SomeDay = { used: 1, deferred: 0, blocked: 0, complained: 0, braked: false, missed: 0 };

/** No more is refused or complained of than was sent. */
function facts(day: string, ips: number, allowance: number, given: SomeDay): DayFacts {
  const used = Math.round(given.used * allowance);
  const deferred = Math.round(given.deferred * used);
  const blocked = Math.round(given.blocked * (used - deferred));
  const complained = Math.round(given.complained * used);
  return dayFacts({ day, ips, allowance, used, deferred, blocked, complained, braked: given.braked });
}

interface Step {
  /** The last closed day before the decision. */
  readonly last: DayFacts;
  readonly allowance: number;
}

interface Run {
  readonly history: History;
  /** The day that comes next. */
  readonly day: string;
  readonly steps: readonly Step[];
}

/** Days in a row, each decided from those before. */
function run(plan: WarmUpPlan, ips: number, days: readonly SomeDay[]): Run {
  let history: History = [];
  let day = today;
  const steps: Step[] = [];
  for (const given of days) {
    const { allowance } = decideAllowance(plan, "gmail", { day, ips, history, paused: false });
    const last = history.at(-1);
    if (last !== undefined) steps.push({ last, allowance });
    history = withDay(history, facts(day, ips, allowance, given));
    day = dayAfter(day, 1 + given.missed);
  }
  return { history, day, steps };
}

const someIps = fc.integer({ min: 1, max: 9 });
const someDays = fc.array(someDay, { minLength: 2, maxLength: 40 });

/** A day of the week that the plan does not count proves nothing either way. */
function provenOrUncounted({ sendingDays }: WarmUpPlan, last: DayFacts): boolean {
  return isProven(last) || !sendingDays.includes(weekday(last.day));
}

describe("an allowance", () => {
  test("is a whole number of recipients, at least 1 and at most the target of its IPs", () => {
    fc.assert(
      fc.property(somePlan, someIps, someDays, (plan, ips, days) => {
        for (const { allowance } of run(plan, ips, days).steps) {
          expect(Number.isInteger(allowance) && allowance >= 1 && allowance <= plan.targetPerIp * ips).toBe(true);
        }
      }),
    );
  });

  test("never rises after a braked day or one that was not proven", () => {
    fc.assert(
      fc.property(somePlan, someIps, someDays, (plan, ips, days) => {
        for (const { last, allowance } of run(plan, ips, days).steps) {
          if (last.braked || !provenOrUncounted(plan, last)) expect(allowance).toBeLessThanOrEqual(last.allowance);
        }
      }),
    );
  });

  test("never rises by more than the plan's growth, or by one recipient", () => {
    fc.assert(
      fc.property(somePlan, someIps, someDays, (given, ips, days) => {
        const plan = { ...given, table: undefined };
        for (const { last, allowance } of run(plan, ips, days).steps) {
          expect(allowance).toBeLessThanOrEqual(Math.max(last.allowance + 1, last.allowance * plan.growthPerDay));
        }
      }),
    );
  });

  test("never rises by more than a published table's own ratio, or a doubling on the way back to it", () => {
    fc.assert(
      fc.property(somePlan, aTable, someIps, someDays, (given, table, ips, days) => {
        const plan = { ...given, table, startPerIp: table[0] ?? 1, targetPerIp: 50_000 };
        const most = Math.max(2, ...table.map((entry, index) => entry / (table[index - 1] ?? entry)));
        // Shares of a table's entries are cut to whole recipients: the one before may have been nearly one more.
        for (const { last, allowance } of run(plan, ips, days).steps) {
          expect(allowance).toBeLessThanOrEqual((last.allowance + 1) * most);
        }
      }),
    );
  });

  test("never rises for an IP because there are more or fewer of them", () => {
    fc.assert(
      fc.property(somePlan, someIps, someDays, someIps, (plan, ips, days, now) => {
        const { history, day } = run(plan, ips, days);
        const last = history.at(-1);
        if (last === undefined || provenOrUncounted(plan, last)) return;
        const { allowance } = decideAllowance(plan, "gmail", { day, ips: now, history, paused: false });
        const start = decideAllowance(plan, "gmail", { day, ips: now, history: [], paused: false }).allowance;
        expect(allowance).toBeLessThanOrEqual(Math.max(start, (last.allowance / ips) * now + 1e-6));
      }),
    );
  });

  test("is never lower for better evidence: less refused or complained of, more used of the same", () => {
    const better = fc.record({ used: share, deferred: less, blocked: less, complained: less });
    const before = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(good) }, someDay), { maxLength: 15 });
    const upToTheWorst = fc.tuple(before, someDay).map(([days, worst]) => [...days, worst]);
    fc.assert(
      fc.property(somePlan, someIps, upToTheWorst, better, (plan, ips, days, by) => {
        const { history, day } = run(plan, ips, days);
        const last = history.at(-1);
        if (last === undefined) return;
        const best: DayFacts = {
          ...last,
          used: last.used + Math.round(by.used * (last.allowance - last.used)),
          deferred: Math.floor(by.deferred * last.deferred),
          blocked: Math.floor(by.blocked * last.blocked),
          complained: Math.floor(by.complained * last.complained),
        };
        const decide = (is: History) =>
          decideAllowance(plan, "gmail", { day, ips, history: is, paused: false }).allowance;
        expect(decide(withDay(history, best))).toBeGreaterThanOrEqual(decide(history));
      }),
      { numRuns: 5_000 },
    );
  });

  test("that is used up and never refused reaches the target and stays there", () => {
    fc.assert(
      fc.property(somePlan, someIps, (plan, ips) => {
        fc.pre(plan.growthPerDay > 1.1 && plan.table === undefined);
        const { steps } = run({ ...plan, sendingDays: [1, 2, 3, 4, 5, 6, 7] }, ips, Array(250).fill(good));
        expect(steps.at(-1)?.allowance).toBe(plan.targetPerIp * ips);
      }),
      { numRuns: 30 },
    );
  });

  test("is the same for the same facts, in whatever order its days became known", () => {
    fc.assert(
      fc.property(somePlan, someIps, someDays, fc.infiniteStream(fc.nat()), (plan, ips, days, keys) => {
        const { history, day } = run(plan, ips, days);
        const shuffled = history
          .map((each) => ({ each, key: keys.next().value ?? 0 }))
          .sort((one, other) => one.key - other.key)
          .map(({ each }) => each);
        const again = [...shuffled, ...shuffled].reduce<History>(withDay, []);
        const decide = (is: History) => decideAllowance(plan, "gmail", { day, ips, history: is, paused: false });
        expect(decide(again)).toEqual(decide(history));
      }),
    );
  });
});

test("a governed day never passes its bound: the multiple of the highest of the last days, or the start; nor the target", () => {
  const volumes = fc.array(fc.record({ used: fc.nat(100_000), established: fc.nat(100_000), missed: fc.nat(3) }), {
    maxLength: 30,
  });
  const governor = fc.record({
    governorGrowth: fc.double({ min: 1.01, max: 5, noNaN: true }),
    governorDays: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(somePlan, governor, someIps, volumes, (given, limits, ips, days) => {
      const plan = { ...given, ...limits };
      let day = today;
      let history: History = [];
      for (const { missed, ...volume } of days) {
        history = withDay(history, dayFacts({ day, ips, ...volume }));
        day = dayAfter(day, 1 + missed);
      }
      const { allowance } = governedAllowance(plan, "gmail", { history, day, ips });
      const peak = Math.max(
        0,
        ...trailing(history, day, plan.governorDays).map((each) => each.used + each.established),
      );
      const start = decideAllowance(plan, "gmail", { day, ips, history: [], paused: false }).allowance;
      expect(Number.isInteger(allowance) && allowance >= 1).toBe(true);
      expect(allowance).toBeLessThanOrEqual(Math.max(start, peak * plan.governorGrowth));
      expect(allowance).toBeLessThanOrEqual(planAt(plan, "gmail").targetPerIp * ips);
    }),
  );
});
