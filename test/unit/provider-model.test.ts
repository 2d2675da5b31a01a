import { expect, test } from "vitest";
import { demandOfDay, demandOfHour } from "../../shared/domain/provider-model/demand.ts";
import { draw } from "../../shared/domain/provider-model/draw.ts";
import { modelledProviders, providerPrior } from "../../shared/domain/provider-model/prior.ts";
import { capacityLimit, ProviderModel } from "../../shared/domain/provider-model/provider-model.ts";

const fullPerDay = 50_000;
const days = Array.from({ length: 90 }, (_unused, i) => i + 1);
const hours = Array.from({ length: 24 }, (_unused, i) => i);

interface Totals {
  offered: number;
  accepted: number;
  deferred: number;
  blocked: number;
}

function open(seed: number, provider: string) {
  const prior = providerPrior("mid", provider);
  const limit = capacityLimit(fullPerDay, prior.share);
  const chance = (purpose: number, day: number): number => draw(seed, prior.number, purpose, day);
  return { prior, limit, chance, model: new ProviderModel({ prior, limit, chance }) };
}

/** Offers a day's mail in the given hourly parts, up to an allowance. */
function offerDay(model: ProviderModel, day: number, parts: number[], allowance: number): Totals {
  const totals = { offered: 0, accepted: 0, deferred: 0, blocked: 0 };
  model.startDay(day);
  parts.forEach((part, hour) => {
    const n = Math.min(part, allowance - totals.offered);
    const answer = model.offer(day, hour, n);
    totals.offered += n;
    totals.accepted += answer.accepted;
    totals.deferred += answer.deferred;
    totals.blocked += answer.blocked;
  });
  model.endDay(day);
  return totals;
}

/** A policy that grows by a fixed ratio and backs off on what it sees: decides once a day. */
function runDaily(seed: number, provider: string, spread: (demand: number) => number[], growth: number): Totals[] {
  const { prior, chance, model } = open(seed, provider);
  let allowance = 200 * prior.share;
  return days.map((day) => {
    const demand = demandOfDay(fullPerDay, prior.share, day, chance);
    const totals = offerDay(model, day, spread(demand), Math.floor(allowance));
    const isRefused = totals.blocked > 0 || totals.deferred > 0.05 * totals.offered;
    allowance = isRefused ? Math.max(20, 0.6 * totals.accepted) : allowance * growth;
    return totals;
  });
}

const byTheHour = (demand: number): number[] => hours.map((hour) => demandOfHour(demand, hour));
const atMidnight = (demand: number): number[] => hours.map((hour) => (hour === 0 ? demand : 0));
const bad = ({ deferred, blocked }: Totals): number => deferred + blocked;

test("with one decision a day, the hours of the mail change no day's outcome", () => {
  for (const provider of modelledProviders) {
    for (const seed of [1, 2, 3, 4, 5]) {
      const hourly = runDaily(seed, provider, byTheHour, 2.5);
      const atOnce = runDaily(seed, provider, atMidnight, 2.5);
      expect(hourly.map(({ accepted }) => accepted)).toEqual(atOnce.map(({ accepted }) => accepted));
      expect(hourly.map(bad)).toEqual(atOnce.map(bad));
      expect(hourly.reduce((sum, day) => sum + bad(day), 0)).toBeGreaterThan(0);
    }
  }
});

test("a draw depends on nothing but its key", () => {
  // Pinned: published figures were made with exactly these numbers.
  expect([draw(1, 0, 1, 0), draw(4000, 3, 13, 90)]).toEqual([0.8324301587417722, 0.7653360581025481]);
  const first = [draw(1, 0, 10, 1), draw(4000, 3, 13, 90), draw(7, 2, 5, 0)];
  runDaily(1, "gmail", byTheHour, 2);
  expect([draw(1, 0, 10, 1), draw(4000, 3, 13, 90), draw(7, 2, 5, 0)]).toEqual(first);
  const many = Array.from({ length: 10_000 }, (_unused, i) => draw(i, 1, 10, 1));
  expect(Math.min(...many)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...many)).toBeLessThan(1);
  expect(many.reduce((sum, u) => sum + u, 0) / many.length).toBeCloseTo(0.5, 1);
});

test("the traits of a seed are the same whatever a policy did before", () => {
  const { model } = open(3, "yahoo");
  const traits = { ...model.traits };
  for (const day of days) offerDay(model, day, atMidnight(5_000), 5_000);
  expect(open(3, "yahoo").model.traits).toEqual(traits);
});

test("whatever is offered, the parts add up, the cap holds and the capacity stays below its limit", () => {
  for (const provider of modelledProviders) {
    for (const seed of [1, 2, 3]) {
      const { model, limit } = open(seed, provider);
      for (const day of days) {
        const offered = Math.floor(draw(seed, 99, day) * 20_000);
        model.startDay(day);
        const cap = Math.floor(model.state().cap);
        const answers = hours.map((hour) => ({ n: offered, answer: model.offer(day, hour, offered) }));
        for (const { n, answer } of answers) expect(answer.accepted + answer.deferred + answer.blocked).toBe(n);
        expect(answers.reduce((sum, { answer }) => sum + answer.accepted, 0)).toBeLessThanOrEqual(cap);
        model.endDay(day);
        expect(model.state().capacity).toBeLessThanOrEqual(limit);
      }
    }
  }
});

test("thirty idle days cost the decay and nothing else", () => {
  const { prior, model } = open(1, "microsoft");
  const before = model.state().capacity;
  expect(model.traits.shockDay === 0 || model.traits.shockDay > 30).toBe(true);
  for (const day of days.slice(0, 30)) offerDay(model, day, atMidnight(0), 0);
  expect(model.state().capacity).toBeCloseTo(before * (1 - prior.decay) ** 30, 9);
});

test("a model taken up from its kept state goes on as if it had never stopped", () => {
  const going = open(5, "yahoo").model;
  for (const day of days.slice(0, 20)) offerDay(going, day, atMidnight(100 * day), 100 * day);
  const { prior, limit, chance } = open(5, "yahoo");
  const resumed = new ProviderModel({ prior, limit, chance }, JSON.parse(JSON.stringify(going.state())));
  for (const day of days.slice(20, 40)) {
    expect(offerDay(resumed, day, byTheHour(3_000), 3_000)).toEqual(offerDay(going, day, byTheHour(3_000), 3_000));
  }
});

test("a provider without a row of its own is taken for other", () => {
  expect(providerPrior("mid", "gmx")).toEqual(providerPrior("mid", "other"));
  expect(providerPrior("easy", "gmail").startCapacity).toEqual([900, 6000]);
});
