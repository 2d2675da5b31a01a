import { dayAfter, type UtcDay } from "../../domain/utc-day.ts";
import { graduation } from "../../domain/warm-up/graduation.ts";
import { type DayFacts, type History, withDay } from "../../domain/warm-up/history.ts";
import type { WarmUpPlan } from "../../domain/warm-up/plan.ts";
import { decideAllowance } from "../../domain/warm-up/ramp.ts";

/** Where a provider's warm-up stands. */
export interface ForecastFacts {
  readonly plan: WarmUpPlan;
  readonly provider: string;
  readonly today: UtcDay;
  /** Warming IPs, at least 1. */
  readonly ips: number;
  /** Closed days of the warm-up in force. */
  readonly history: History;
  /** What today's allowance is, once it is open; recipients. */
  readonly openToday?: number | undefined;
}

/** One day to come, if every day until then is used and nothing is refused. */
export interface ForecastDay {
  readonly day: UtcDay;
  /** Recipients over all the pool's warming IPs. */
  readonly allowance: number;
}

/** After so many days a target counts as out of reach. */
const horizonDays = 365;

/** The allowances of the next days, today first, as the ramp itself would decide them. */
export function nextAllowances(facts: ForecastFacts, days: number): readonly ForecastDay[] {
  const found: ForecastDay[] = [];
  for (const { day, allowance } of usedDays(facts)) {
    if (found.length === days) break;
    found.push({ day, allowance });
  }
  return found;
}

/**
 * Days that the warm-up still takes by the plan's growth: the latest date, since a provider whose whole mail is carried
 * graduates earlier. Undefined when growth alone never gets there.
 */
export function daysToGraduation(facts: ForecastFacts): number | undefined {
  const { plan, provider } = facts;
  let history = facts.history;
  if (graduation(plan, provider, history).graduates) return 0;
  let days = 0;
  for (const used of usedDays(facts)) {
    history = withDay(history, used);
    days += 1;
    if (graduation(plan, provider, history).graduates) return days;
    if (days === horizonDays) break;
  }
  return undefined;
}

/** Days from today on, each used whole, with mail beyond it that left by shared IPs. Endless. */
function* usedDays({ plan, provider, today, ips, history, openToday }: ForecastFacts): Generator<DayFacts, never> {
  let known = history;
  for (let ahead = 0; ; ahead += 1) {
    const day = dayAfter(today, ahead);
    const isOpen = ahead === 0 && openToday !== undefined;
    const allowance = isOpen
      ? openToday
      : decideAllowance(plan, provider, { day, ips, history: known, paused: false }).allowance;
    const facts = { ...nothing, day, ips, allowance, used: allowance };
    known = withDay(known, facts);
    yield facts;
  }
}

const nothing = { deferred: 0, blocked: 0, complained: 0, established: 0, shared: 1, braked: false };
