import { describe, expect, test } from "vitest";
import { draw } from "../../shared/domain/provider-model/draw.ts";
import { providerPrior } from "../../shared/domain/provider-model/prior.ts";
import { capacityLimit, ProviderModel } from "../../shared/domain/provider-model/provider-model.ts";
import {
  ModelError,
  type OwnModel,
  type OwnModelSetup,
  type OwnModelStep,
  ownModel,
} from "../../shared/domain/simulation/own-model.ts";
import { withinDay } from "../../shared/domain/simulation/pace.ts";
import { policies } from "../../shared/domain/simulation/policies.ts";
import type { Policy, TodaySeen } from "../../shared/domain/simulation/policy.ts";
import { runSeed } from "../../shared/domain/simulation/run.ts";
import { type ModelledProvider, runProvider } from "../../shared/domain/simulation/run-provider.ts";
import type { Scenario } from "../../shared/domain/simulation/scenario.ts";
import { quantile } from "../../shared/domain/simulation/score.ts";
import { simulateSeed } from "../../shared/domain/simulation/simulate-seed.ts";
import { summarize, summarizePoorList, summarizeRecovery } from "../../shared/domain/simulation/summary.ts";

const scenario: Scenario = { days: 90, delayDays: 0, delayHours: 2, fullPerDay: 50_000 };
const seeds = (count: number): number[] => Array.from({ length: count }, (_unused, index) => index + 1);

function contender(name: string) {
  const found = policies.get(name);
  if (found === undefined) throw new Error(`no policy ${name}`);
  return found;
}

function summaries(names: readonly string[], count: number, changes: Partial<Scenario> = {}) {
  const found = seeds(count).map((seed) =>
    simulateSeed("mid", names.map(contender), seed, { ...scenario, ...changes }),
  );
  return names.map((_name, index) => {
    const results = found.map((each) => each[index]!);
    return {
      ...summarize(
        results.map(({ score }) => score),
        results.map(({ oracle }) => oracle),
      ),
      ...summarizeRecovery(results.map(({ recovery }) => recovery)),
      ...summarizePoorList(results.map(({ poorList }) => poorList)),
    };
  });
}

test("figures stay what they were: seeds 1 to 200 of the middle prior", { timeout: 60_000 }, () => {
  const rows = summaries(["aimd-1.3", "ses-45+pause", "delay-aware-1.3-paced-stop"], 200).map(
    ({ daysToFull, neverFull, dedicatedShare, badPer10k, shareOfOracle }) =>
      [daysToFull.median, daysToFull.p90, neverFull, dedicatedShare, badPer10k, shareOfOracle].map(
        (figure) => Math.round(figure * 1e4) / 1e4,
      ),
  );
  expect(rows).toEqual([
    [30, 47, 0.01, 0.7771, 8.0277, 0.867],
    [47, 81, 0.1, 0.5635, 7.0159, 0.6286],
    [27, 40, 0, 0.7824, 5.8702, 0.8729],
  ]);
});

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

test("a policy changes neither the demand nor a provider's luck", () => {
  const demands = ["oracle", "doubling", "product"].map((name) =>
    runSeed("mid", contender(name), 7, scenario).map(({ demand }) => [...demand]),
  );
  expect(demands[1]).toEqual(demands[0]);
  expect(demands[2]).toEqual(demands[0]);
});

describe("a model of somebody's own", () => {
  const takesAll = (): OwnModel => ({
    send: ({ offered }) => ({ accepted: offered, deferred: 0, blocked: 0 }),
    capacityToday: () => 1e6,
  });

  test("is asked for every hour of every day in order, also with nothing offered", () => {
    const steps: OwnModelStep[] = [];
    const asked: string[] = [];
    const noted = () => ({
      send(step: OwnModelStep) {
        steps.push(step);
        return { accepted: step.offered, deferred: 0, blocked: 0 };
      },
      capacityToday: (day: number) => {
        asked.push(`${day} after ${steps.length}`);
        return 0;
      },
    });
    runSeed(noted, contender("ses-45"), 1, { ...scenario, days: 3 });
    expect(asked).toEqual([]);
    expect(steps.slice(0, 72).map(({ day, hour }) => day * 24 + hour)).toEqual(seeds(72).map((n) => n + 23));
    // The rates that the shipped models draw for this seed.
    expect([0, 72, 144, 216].map((first) => steps[first]?.complaintRate)).toEqual([0.002, 0.0005, 0.0005, 0.0005]);

    steps.length = 0;
    runSeed(noted, "oracle", 1, { ...scenario, days: 3 });
    expect(asked.slice(0, 4)).toEqual(["1 after 0", "2 after 24", "3 after 48", "1 after 72"]);
    expect(steps).toHaveLength(4 * 72);
    expect(steps.every(({ offered }) => offered === 0)).toBe(true);
  });

  test("comes to exactly what the shipped one does when it is the same", () => {
    const seed = 5;
    const same = ({ provider, share, fullPerDay }: OwnModelSetup): OwnModel => {
      const prior = providerPrior("mid", provider);
      const chance = (purpose: number, day: number): number => draw(seed, prior.number, purpose, day);
      const model = new ProviderModel({ prior, limit: capacityLimit(fullPerDay, share), chance });
      let [today, rate] = [0, 0];
      return {
        send({ day, hour, offered, complaintRate }) {
          if (day !== today) {
            if (today > 0) model.endDay(today, rate);
            model.startDay(day);
          }
          [today, rate] = [day, complaintRate];
          return model.offer(day, hour, offered);
        },
        capacityToday: () => 0,
      };
    };
    for (const name of ["product", "two-phase", "doubling+pause"]) {
      expect(runSeed(same, contender(name), seed, scenario)).toEqual(runSeed("mid", contender(name), seed, scenario));
    }
  });

  test("is known to the oracle, which offers nine tenths spread over the hours", () => {
    const offers: number[] = [];
    const thousand = () => ({
      send({ offered }: OwnModelStep) {
        offers.push(offered);
        return { accepted: offered, deferred: 0, blocked: 0 };
      },
      capacityToday: () => 1_000,
    });
    runSeed(thousand, "oracle", 1, { ...scenario, days: 1 });
    const day = offers.slice(0, 24);
    expect(day.reduce((sum, offered) => sum + offered, 0)).toBe(900);
    expect(Math.max(...day) - Math.min(...day)).toBeLessThanOrEqual(1);
  });

  test("has chance of its own for each seed and provider, the same in each run", () => {
    const drawnBy = (provider: string, seed: number): number[] => {
      let drawn: number[] = [];
      const make = ({ random }: { random: () => number }) => {
        drawn = [random(), random(), random()];
        return takesAll();
      };
      ownModel(make, provider, seed, scenario);
      return drawn;
    };
    expect(drawnBy("gmail", 1)).toEqual(drawnBy("gmail", 1));
    expect(new Set([drawnBy("gmail", 1), drawnBy("gmail", 2), drawnBy("yahoo", 1)].flat()).size).toBe(9);
  });

  test.each([
    ["too much", { accepted: 1, deferred: 1, blocked: 0 }, "accepted + deferred + blocked is 2, and 124 was offered"],
    ["less than nothing", { accepted: 1, deferred: -1, blocked: 0 }, "each 0 or more"],
    ["no number", { accepted: Number.NaN, deferred: 0, blocked: 0 }, "accepted: NaN"],
    ["half an answer", { accepted: 0 }, "expected accepted, deferred and blocked"],
    ["nothing", undefined, "answered undefined"],
  ])("is stopped when it answers %s", (_what, answer, sentence) => {
    const wrong = () => ({ ...takesAll(), send: () => answer as never });
    const run = () => runSeed(wrong, contender("ses-45"), 9, scenario);
    expect(run).toThrow(ModelError);
    expect(run).toThrow(/^send for gmail, seed 9, day 1, hour 0 answered/);
    expect(run).toThrow(sentence);
  });

  test("is stopped when it throws, makes nothing, or has no capacity", () => {
    const throws = () => {
      throw new Error("out of order");
    };
    expect(() => runSeed(throws, "oracle", 1, scenario)).toThrow("the model for gmail, seed 1 threw: out of order");
    const makesNothing = () => ({}) as never;
    expect(() => runSeed(makesNothing, "oracle", 1, scenario)).toThrow(
      "expected an object with send and capacityToday",
    );
    const noCapacity = () => ({ ...takesAll(), capacityToday: () => -1 });
    expect(() => runSeed(noCapacity, "oracle", 1, scenario)).toThrow(
      "capacityToday for gmail, seed 1, day 1 answered -1",
    );
  });
});

describe("the stress runs", () => {
  test("a shock comes over providers at full volume only, and is recovered from", { timeout: 30_000 }, () => {
    const shock = { day: 55, part: 0.4, providers: [] };
    const [aimd, table] = summaries(["delay-aware-1.3", "ses-45"], 40, { shock });
    expect(aimd?.shocks).toBeGreaterThan(100);
    expect(aimd?.recoveryDays.median).toBeGreaterThanOrEqual(5);
    expect(aimd?.recoveryDays.median).toBeLessThanOrEqual(10);
    // A table that never cuts carries what there is at once, and most of its mail is refused.
    expect(table?.recoveryDays).toEqual({ median: 2, p90: 2 });
    expect(table?.badPer10kAfterShock).toBeGreaterThan(10 * (aimd?.badPer10kAfterShock ?? 0));
    const young = simulateSeed("mid", [contender("ses-45")], 1, { ...scenario, shock: { ...shock, day: 5 } });
    expect(young[0]?.recovery).toBeUndefined();
  });

  test("a list that complains stops growth or does not, from the day it can be known", { timeout: 30_000 }, () => {
    const complaintRate = 0.004;
    const [table, aimd] = summaries(["doubling", "aimd-1.3"], 20, { complaintRate });
    expect(table?.growthStopsAfterDays.median).toBeGreaterThan(80);
    expect(table?.volumeGrows).toBe(1);
    expect(aimd?.growthStopsAfterDays.median).toBeLessThan(10);
    expect(aimd?.judged).toBe(20);
  });
});

test("every policy runs ninety days and accepts no more than there is", { timeout: 30_000 }, () => {
  for (const [name, policy] of policies) {
    for (const run of runSeed("strict", policy, 3, { ...scenario, delayDays: 1, delayHours: 24 })) {
      run.demand.forEach((demand, day) => {
        const [accepted, deferred, blocked] = [run.accepted, run.deferred, run.blocked].map((each) => each[day] ?? 0);
        expect(accepted! + deferred! + blocked!, `${name}, day ${day + 1}`).toBeLessThanOrEqual(demand);
      });
    }
  }
});

test("a quantile is an entry of the sorted list, rounded down", () => {
  expect([0, 0.5, 0.9, 1].map((q) => quantile([40, 10, 30, 20], q))).toEqual([10, 20, 30, 40]);
});
