import { describe, expect, test } from "vitest";
import { withinDay } from "../../shared/domain/simulation/pace.ts";
import type { Policy, TodaySeen } from "../../shared/domain/simulation/policy.ts";
import { type ModelledProvider, runProvider } from "../../shared/domain/simulation/run-provider.ts";
import type { Scenario } from "../../shared/domain/simulation/scenario.ts";
import { scenario } from "../support/simulation.ts";

/** A provider that takes a hundred a day, and notes what it is asked. */
function takesHundred(log: string[] = []): ModelledProvider {
  let left = 0;
  return {
    complaintRate: 0.01,
    startDay(day) {
      left = 100;
      log.push(`start ${day}`);
    },
    offer(_day, _hour, recipients) {
      const accepted = Math.min(left, recipients);
      left -= accepted;
      return { accepted, deferred: recipients - accepted, blocked: 0 };
    },
    endDay: (day) => log.push(`end ${day}`),
    capacityToday: () => 100,
  };
}

/** Lets everything through and notes what it is told. */
function noting(log: string[], seen: TodaySeen[] = []): Policy {
  return {
    allowance(day) {
      log.push(`allowance ${day}`);
      return 1_000;
    },
    openBy(now) {
      seen.push({ ...now });
      return 1_000;
    },
    learn: ({ day }) => log.push(`learn ${day}`),
    learnComplaints: (day) => log.push(`complaints ${day}`),
  };
}

function runNoting(changes: Partial<Scenario>) {
  const log: string[] = [];
  const seen: TodaySeen[] = [];
  const demand = Float64Array.from({ length: 7 }, () => 1_000);
  const own = { provider: "yahoo", demand, luck: () => 0.5 };
  runProvider(takesHundred(), noting(log, seen), own, { ...scenario, days: 7, ...changes });
  return { log, seen };
}

describe("what a policy is told", () => {
  test.each([0, 1, 2])("a closed day after %i days more, its complaints a day later", (delayDays) => {
    const { log } = runNoting({ delayDays });
    for (const day of [1, 2]) {
      const next = log.indexOf(`allowance ${day + 1 + delayDays}`);
      expect(log.indexOf(`learn ${day}`)).toBeGreaterThan(log.indexOf(`allowance ${day + delayDays}`));
      expect(log.indexOf(`learn ${day}`)).toBeLessThan(next);
      expect(log.indexOf(`complaints ${day}`)).not.toBeLessThan(next);
    }
  });

  test("of today only the hours that lie far enough back", () => {
    const { seen } = runNoting({ delayHours: 2 });
    expect(seen.slice(0, 5).map(({ hour, offered }) => [hour, offered])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 10],
      [4, 20],
    ]);
    // The day's hundred is used up in hour 7.
    expect(seen.find(({ refused }) => refused > 0)?.hour).toBe(10);
    expect(runNoting({ delayHours: 0 }).seen.find(({ refused }) => refused > 0)?.hour).toBe(8);
    expect(runNoting({ delayHours: 24 }).seen.some(({ offered }) => offered > 0)).toBe(false);
  });
});

test("pace bounds each hour, and a seen refusal ends the day", () => {
  const daily = () => ({ allowance: () => 240, learn: () => {} });
  const setup = { provider: "gmail", share: 1, fullPerDay: 1_000, delayDays: 0, delayHours: 2 };
  const policy = withinDay(daily, { paced: true, stop: true })(setup);
  const quiet = { refused: 0, deferred: 0, blocked: 0 };
  const refusing = { refused: 3, deferred: 3, blocked: 0 };
  expect(policy.allowance(1)).toBe(240);
  expect(policy.openBy?.({ hour: 0, offered: 0, ...quiet })).toBe(10);
  expect(policy.openBy?.({ hour: 11, offered: 100, ...quiet })).toBe(120);
  expect(policy.openBy?.({ hour: 12, offered: 100, ...refusing })).toBe(0);
  expect(policy.openBy?.({ hour: 13, offered: 1_000, ...refusing })).toBe(0);
  policy.allowance(2);
  expect(policy.openBy?.({ hour: 23, offered: 0, ...quiet })).toBe(240);
});
