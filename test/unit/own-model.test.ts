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
import { runSeed } from "../../shared/domain/simulation/run.ts";
import { contender, scenario, seeds } from "../support/simulation.ts";

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
