import type { ProviderRun } from "../../domain/simulation/run-provider.ts";
import { mean, quantile, sum } from "../../domain/simulation/score.ts";
import { dayAfter, type UtcDay } from "../../domain/utc-day.ts";

/** Over the seeds: one in ten is below the first figure, one in ten above the last. */
export interface Spread {
  readonly p10: number;
  readonly median: number;
  readonly p90: number;
}

/** One day to come, all providers, mean of the seeds; recipients. */
export interface DayForecast {
  readonly day: UtcDay;
  readonly mail: number;
  /** Accepted from the warming IPs. */
  readonly warming: number;
  /** Leaves by other IPs (overflow), or is held, as its stream says. */
  readonly elsewhere: number;
  /** Offered by the warming IPs and deferred or blocked: SES tries it again. */
  readonly refused: number;
  /** Part of the mail that leaves elsewhere, a fraction. */
  readonly elsewhereShare: Spread;
}

/** All days together, mean of the seeds; recipients. */
export type MailTotals = Pick<DayForecast, "mail" | "warming" | "elsewhere" | "refused">;

type Seed = readonly ProviderRun[];

function spread(values: readonly number[]): Spread {
  return { p10: quantile(values, 0.1), median: quantile(values, 0.5), p90: quantile(values, 0.9) };
}

/** @param runs - for each seed every provider */
export function dayForecasts(runs: readonly Seed[], start: UtcDay, days: number): DayForecast[] {
  return Array.from({ length: days }, (_, index) => {
    const seeds = runs.map((seed) => mailOf(seed, index, index + 1));
    return {
      day: dayAfter(start, index),
      ...meanMail(seeds),
      elsewhereShare: spread(seeds.map(({ mail, elsewhere }) => (mail === 0 ? 0 : elsewhere / mail))),
    };
  });
}

export function mailTotals(runs: readonly Seed[]): MailTotals {
  return meanMail(runs.map((seed) => mailOf(seed, 0, seed[0]?.demand.length ?? 0)));
}

/** Days on which some mail of some provider was deferred or blocked. */
export function daysWithRefusals(runs: readonly Seed[]): Spread {
  return spread(
    runs.map((seed) => {
      const days = Array.from({ length: seed[0]?.demand.length ?? 0 }, (_, day) => mailOf(seed, day, day + 1));
      return days.filter(({ refused }) => refused > 0).length;
    }),
  );
}

function mailOf(seed: Seed, from: number, to: number): MailTotals {
  const over = (of: (run: ProviderRun) => Float64Array): number =>
    seed.reduce((total, run) => total + sum(of(run).subarray(from, to)), 0);
  const mail = over((run) => run.demand);
  const warming = over((run) => run.accepted);
  const refused = over((run) => run.deferred) + over((run) => run.blocked);
  return { mail, warming, elsewhere: mail - warming - refused, refused };
}

function meanMail(all: readonly MailTotals[]): MailTotals {
  const figure = (key: keyof MailTotals): number => Math.round(mean(all.map((each) => each[key])));
  return {
    mail: figure("mail"),
    warming: figure("warming"),
    elsewhere: figure("elsewhere"),
    refused: figure("refused"),
  };
}
