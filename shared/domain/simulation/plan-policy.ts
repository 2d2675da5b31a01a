import { openPart } from "../sending/pace.ts";
import { dayAfter, type UtcDay } from "../utc-day.ts";
import { type DayFacts, type History, withDay } from "../warm-up/history.ts";
import type { WarmUpPlan } from "../warm-up/plan.ts";
import { decideAllowance } from "../warm-up/ramp.ts";
import type { RampDecision } from "../warm-up/ramp-decision.ts";
import type { Policy } from "./policy.ts";

export interface PlanSetup {
  readonly provider: string;
  /** The plan's day 1. */
  readonly start: UtcDay;
  readonly ips: number;
}

/** The ramp by a plan, as the product decides each day of a pool's warm-up and opens it through the day. */
export function planPolicy(plan: WarmUpPlan, { provider, start, ips }: PlanSetup): Policy {
  let history: History = [];
  let today: RampDecision = { allowance: 0, rule: "start", why: "not decided yet" };
  const dateOf = (day: number): UtcDay => dayAfter(start, day - 1);
  return {
    allowance(day) {
      today = decideAllowance(plan, provider, { day: dateOf(day), ips, history, paused: false });
      return today.allowance;
    },
    openBy: ({ hour }) => today.allowance * openPart(today.pace ?? "open", hour),
    learn({ day, allowance, offered, deferred, blocked }) {
      const facts: DayFacts = {
        ...{ day: dateOf(day), ips, allowance, used: offered, deferred, blocked },
        ...{ complained: 0, established: 0, shared: 0, braked: false },
      };
      history = withDay(history, facts);
    },
    learnComplaints(day, complained) {
      const date = dateOf(day);
      const known = history.find((facts) => facts.day === date);
      if (known !== undefined) history = withDay(history, { ...known, complained });
    },
  };
}
