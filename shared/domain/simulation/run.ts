import { demandOfDay, demandOfHour } from "../provider-model/demand.ts";
import { draw, normal } from "../provider-model/draw.ts";
import { modelledProviders, type PriorName, providerPrior } from "../provider-model/prior.ts";
import { capacityLimit, ProviderModel } from "../provider-model/provider-model.ts";
import type { DayReport, Policy, PolicyMaker, TodaySeen } from "./policy.ts";

/** One provider's model as the simulation asks it; a user's own model has the same shape. */
export interface ModelledProvider {
  startDay(day: number): void;
  offer(day: number, hour: number, recipients: number): { accepted: number; deferred: number; blocked: number };
  endDay(day: number): void;
  /** For the oracle only. */
  capacityToday(day: number): number;
  /** Complaints per accepted recipient, as a fraction. */
  readonly complaintRate: number;
}

export interface Scenario {
  readonly days: number;
  readonly delayDays: number;
  readonly delayHours: number;
  readonly fullPerDay: number;
  /** A true complaint rate at every provider, instead of the drawn one. */
  readonly complaintRate?: number | undefined;
  /** No random shock; instead the capacity falls to this part of full volume on a day. */
  readonly shock?: { readonly day: number; readonly part: number } | undefined;
}

/** What became of one provider's mail on each day, from day 1 at index 0; recipients. */
export interface ProviderRun {
  readonly provider: string;
  readonly demand: Float64Array;
  readonly accepted: Float64Array;
  readonly deferred: Float64Array;
  readonly blocked: Float64Array;
  readonly allowance: Float64Array;
}

const poissonPurpose = 30;

/** Complaints about a day's mail, from the expected number (Poisson; a normal number where that is large). */
function complaintsOf(expected: number, chance: (part: number) => number): number {
  if (expected <= 0) return 0;
  if (expected > 30) return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal(chance(0), chance(1))));
  let count = 0;
  for (let product = chance(0); product > Math.exp(-expected); product *= chance(count)) count += 1;
  return count;
}

const hours = 24;

/** Runs one provider through all days under one policy. */
export function runProvider(
  model: ModelledProvider,
  policy: Policy,
  {
    provider,
    demand,
    scenario,
    chance,
  }: {
    readonly provider: string;
    readonly demand: Float64Array;
    readonly scenario: Scenario;
    /** Luck of the complaints: uniform in [0, 1) for (purpose, day, part). */
    readonly chance: (day: number, part: number) => number;
  },
): ProviderRun {
  const { days, delayDays } = scenario;
  const run: ProviderRun = {
    provider,
    demand,
    accepted: new Float64Array(days),
    deferred: new Float64Array(days),
    blocked: new Float64Array(days),
    allowance: new Float64Array(days),
  };
  const reports: DayReport[] = [];
  const complaints: number[] = [];
  for (let day = 1; day <= days; day += 1) {
    const known = reports[day - 2 - delayDays];
    if (known !== undefined) policy.learn(known);
    const complained = complaints[day - 3 - delayDays];
    if (complained !== undefined) policy.learnComplaints?.(day - 2 - delayDays, complained);
    const allowance = Math.max(0, policy.allowance(day));
    model.startDay(day);
    const report = runDay(model, policy, {
      day,
      allowance,
      demand: demand[day - 1] ?? 0,
      delayHours: scenario.delayHours,
    });
    model.endDay(day);
    reports.push(report);
    const expected = provider === "gmail" ? 0 : report.accepted * model.complaintRate;
    complaints.push(complaintsOf(expected, (part) => chance(day, part)));
    run.accepted[day - 1] = report.accepted;
    run.deferred[day - 1] = report.deferred;
    run.blocked[day - 1] = report.blocked;
    run.allowance[day - 1] = allowance;
  }
  return run;
}

interface Today {
  readonly day: number;
  readonly allowance: number;
  readonly demand: number;
  readonly delayHours: number;
}

/** Reused from day to day: offered and refused of each hour. */
const offeredIn = new Float64Array(hours);
const refusedIn = new Float64Array(hours);

function runDay(model: ModelledProvider, policy: Policy, { day, allowance, demand, delayHours }: Today): DayReport {
  const most = Math.floor(Math.min(allowance, Number.MAX_SAFE_INTEGER));
  let [offered, accepted, deferred, blocked] = [0, 0, 0, 0];
  let [seenOffered, seenRefused] = [0, 0];
  for (let hour = 0; hour < hours; hour += 1) {
    const visible = hour - delayHours - 1;
    if (visible >= 0) {
      seenOffered += offeredIn[visible] ?? 0;
      seenRefused += refusedIn[visible] ?? 0;
    }
    const seen: TodaySeen = { hour, offered: seenOffered, refused: seenRefused };
    const open = policy.openBy === undefined ? most : Math.min(most, Math.floor(policy.openBy(seen)));
    const n = Math.max(0, Math.min(demandOfHour(demand, hour), open - offered));
    const answer = model.offer(day, hour, n);
    offeredIn[hour] = n;
    refusedIn[hour] = answer.deferred + answer.blocked;
    offered += n;
    accepted += answer.accepted;
    deferred += answer.deferred;
    blocked += answer.blocked;
  }
  return { day, allowance, offered, accepted, deferred, blocked };
}

/** The shipped model of one provider for one seed. */
function modelFor(prior: PriorName, provider: string, seed: number, scenario: Scenario): ModelledProvider {
  const { number, share } = providerPrior(prior, provider);
  const limit = capacityLimit(scenario.fullPerDay, share);
  const chance = (purpose: number, day: number): number => draw(seed, number, purpose, day);
  const model = new ProviderModel({ prior: providerPrior(prior, provider), limit, chance });
  const rate = scenario.complaintRate ?? model.traits.complaintRate;
  return {
    complaintRate: rate,
    startDay: (day) => model.startDay(day),
    offer: (day, hour, recipients) => model.offer(day, hour, recipients),
    endDay: (day) => model.endDay(day, rate),
    capacityToday: (day) => model.capacityToday(day),
  };
}

/** Uses the hidden capacity: what nobody can know. */
const oracleShare = 0.9;

/** All providers of one seed under one policy. */
export function runSeed(
  prior: PriorName,
  policy: PolicyMaker | "oracle",
  seed: number,
  scenario: Scenario,
): ProviderRun[] {
  return modelledProviders.map((provider) => {
    const { number, share } = providerPrior(prior, provider);
    const model = modelFor(prior, provider, seed, scenario);
    const { delayDays, delayHours, fullPerDay, days } = scenario;
    const own: Policy =
      policy === "oracle"
        ? { allowance: (day) => oracleShare * model.capacityToday(day), learn: () => {} }
        : policy({ provider, share, fullPerDay, delayDays, delayHours });
    const chance = (purpose: number, day: number): number => draw(seed, number, purpose, day);
    const demand = Float64Array.from({ length: days }, (_, index) => demandOfDay(fullPerDay, share, index + 1, chance));
    const luck = (day: number, part: number): number => draw(seed, number, poissonPurpose, day, part);
    return runProvider(model, own, { provider, demand, scenario, chance: luck });
  });
}
