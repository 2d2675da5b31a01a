import { keptWarm, mostIps, type ProviderWarmth, type WarmFloors } from "../../domain/advice/kept-warm.ts";
import { type MailHistory, total } from "../../domain/advice/mail-history.ts";
import type { PriorName } from "../../domain/provider-model/prior.ts";
import { otherProvider } from "../../domain/routing/mailbox-provider.ts";
import type { ProviderRun } from "../../domain/simulation/run-provider.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import {
  type DayForecast,
  dayForecasts,
  daysWithRefusals,
  type MailTotals,
  mailTotals,
  type Spread,
} from "./by-day.ts";
import { type ProviderForecast, providerForecast } from "./by-provider.ts";
import type { ForecastPlan } from "./plans.ts";
import { replay } from "./replay.ts";
import { runPool } from "./run-pool.ts";

export interface ForecastSetup {
  readonly plan: ForecastPlan;
  readonly ips: number;
  readonly start: UtcDay;
  readonly days: number;
  readonly model: PriorName;
  readonly seeds: number;
  readonly floors: WarmFloors;
  /** Price of an IP, USD a month. */
  readonly ipPriceUsd: number;
}

/** How a warm-up of a sender's own mail may go, in our model of mailbox providers. Plain JSON, recipients. */
export interface Forecast {
  readonly plan: string;
  readonly ips: number;
  readonly start: UtcDay;
  readonly days: number;
  readonly model: PriorName;
  readonly seeds: number;
  /** The mail that is repeated: whole weeks. */
  readonly replayed: { readonly from: UtcDay; readonly to: UtcDay; readonly days: number };
  /** Those with less than 1 % of the mail are taken for `other` together. */
  readonly providers: readonly ProviderForecast[];
  readonly byDay: readonly DayForecast[];
  readonly totals: MailTotals;
  readonly daysWithRefusals: Spread;
  readonly keptWarm: {
    readonly floors: WarmFloors;
    readonly ipsByDay: number;
    readonly ipsByMonth: number;
    readonly providers: readonly ProviderWarmth[];
  };
  /** USD a month: for the IPs asked about, and for as many as the mail keeps warm. */
  readonly cost: { readonly perIp: number; readonly perMonth: number; readonly perMonthKeptWarm: number };
}

/** @returns undefined when the history has no whole week to repeat */
export function forecast(history: MailHistory, setup: ForecastSetup): Forecast | undefined {
  const { plan, ips, start, days, model, seeds, floors, ipPriceUsd } = setup;
  const demand = replay(smallAsOther(history), start, days);
  if (demand === undefined) return undefined;
  const runs = Array.from({ length: seeds }, (_, index) =>
    runPool(demand.byProvider, { plan, ips, start, days, model, seed: index + 1 }),
  );
  const warmth = keptWarm(history, floors);
  const usd = (count: number): number => Math.round(count * ipPriceUsd * 100) / 100;
  return {
    ...{ plan: plan.name, ips, start, days, model, seeds },
    replayed: { from: demand.from, to: history.last, days: demand.days },
    providers: [...demand.byProvider.keys()].map((provider, index) =>
      providerForecast(provider, runsAt(runs, index), start),
    ),
    byDay: dayForecasts(runs, start, days),
    totals: mailTotals(runs),
    daysWithRefusals: daysWithRefusals(runs),
    keptWarm: {
      floors,
      ipsByDay: mostIps(warmth, "ipsByDay"),
      ipsByMonth: mostIps(warmth, "ipsByMonth"),
      providers: warmth,
    },
    cost: { perIp: ipPriceUsd, perMonth: usd(ips), perMonthKeptWarm: usd(mostIps(warmth, "ipsByDay")) },
  };
}

/** A provider with less of the mail than this is not simulated by itself. */
const smallPart = 0.01;

function smallAsOther({ byProvider, perDay, ...history }: MailHistory): MailHistory {
  const all = total(perDay);
  const merged = new Map<string, readonly number[]>();
  for (const [provider, counts] of byProvider) {
    const name = total(counts) < smallPart * all ? otherProvider : provider;
    const before = merged.get(name);
    merged.set(name, before === undefined ? counts : counts.map((count, day) => count + (before[day] ?? 0)));
  }
  return { ...history, perDay, byProvider: merged };
}

/** One provider under every seed. */
function runsAt(runs: readonly (readonly ProviderRun[])[], index: number): ProviderRun[] {
  return runs.flatMap((each) => each[index] ?? []);
}
