import type { DayFacts } from "../../shared/domain/warm-up/history.ts";
import type { WarmUpPlan } from "../../shared/domain/warm-up/plan.ts";
import { decideAllowance } from "../../shared/domain/warm-up/ramp.ts";
import type { RampDecision, RampFacts } from "../../shared/domain/warm-up/ramp-decision.ts";
import { aPlan, dayFacts, today } from "./builders.ts";

/** What the ramp decides for today at gmail, with one IP, nothing paused and no hold unless told otherwise. */
export function decide(facts: Partial<RampFacts> = {}, plan: Partial<WarmUpPlan> = {}): RampDecision {
  return decideAllowance(aPlan(plan), "gmail", { day: today, ips: 1, history: [], paused: false, ...facts });
}

/** What it decides after one closed day, yesterday. */
export function following(last: Partial<DayFacts>, plan: Partial<WarmUpPlan> = {}): RampDecision {
  return decide({ history: [dayFacts(last)] }, plan);
}
