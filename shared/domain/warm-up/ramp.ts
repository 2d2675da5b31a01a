import { rateAtLeast } from "../confidence.ts";
import { dayNumber, type UtcDay, weekday } from "../utc-day.ts";
import { adaptiveAllowance } from "./adaptive-ramp.ts";
import { settingsWith } from "./adaptive-settings.ts";
import { type DayFacts, type History, isProven, refusedOn, trailing } from "./history.ts";
import { type ProviderPlan, planAt, type WarmUpPlan } from "./plan.ts";
import type { RampDecision, RampFacts, RampRule } from "./ramp-decision.ts";

/** The allowance of a pool that is warmed by hand: more than any sender has, and still a number that is counted. */
export const byHandLimit = 1_000_000_000;

/** Shares refused, by their confidence bound and from two on: growth stops at 0.5 % (NitroMTA), a cut comes at 2 %. */
const fewestRefused = 2;
const refusedHold = 0.005;
const refusedCut = 0.02;
const refusedKeep = 0.7;

/**
 * Complaint rates of the last week, by their confidence bound and from three complaints on: growth stops at 0.1 %
 * (SES's review), the level is cut at 0.3 % (Gmail's limit). They come days late, so one day tells too little.
 */
const complaintDays = 7;
const fewestComplaints = 3;
const complaintsHold = 0.001;
const complaintsCut = 0.003;
const complaintsKeep = 0.5;

/**
 * The allowance of a new day at one provider, from the plan and the facts of closed days: at most one step of the plan,
 * and only after a day that really used what it had. Refusals and complaints count from their confidence bound, so that
 * one reply among few decides nothing. Pure: the same facts give the same decision.
 */
export function decideAllowance(plan: WarmUpPlan, provider: string, facts: RampFacts): RampDecision {
  const { pace = "paced", ...decision } = decide(plan, provider, facts);
  return plan.pace === "paced" ? { ...decision, pace } : decision;
}

function decide(plan: WarmUpPlan, provider: string, facts: RampFacts): RampDecision {
  const limits = planAt(plan, provider);
  const start = startOf(plan, limits, facts.ips);
  const latest = facts.history.findLast(({ allowance }) => allowance > 0);
  const last = lastCounting(plan, facts.history) ?? latest;
  if (facts.paused) return { allowance: 0, rule: "paused", why: "paused by an operator: resume it to go on" };
  if (last === undefined || latest === undefined)
    return { allowance: start, rule: "start", why: `first day, ${facts.ips} IPs` };
  const target = limits.targetPerIp * facts.ips;
  const level = Math.min(target, Math.max(start, levelOf(latest, facts.ips)));
  const cooled = cool(plan, facts, { level, start });
  if (cooled !== undefined) return cooled;
  if (plan.adaptive) {
    const was = Math.max(1, Math.min(target, levelOf(latest, facts.ips)));
    const settings = settingsWith(plan.adaptiveSettings);
    return adaptiveAllowance({ ...limits, startPerIp: start / facts.ips, level: was }, facts, settings);
  }
  return judge(plan, limits, facts, { last, was: levelOf(last, facts.ips), level, start });
}

/** What a day's allowance comes to for another number of IPs. */
function levelOf({ allowance, ips }: DayFacts, now: number): number {
  return Math.floor((allowance * now) / ips);
}

/** The last closed day that the plan counts; one on pause says nothing. */
function lastCounting(plan: WarmUpPlan, history: History): DayFacts | undefined {
  return history.findLast(({ day, allowance }) => allowance > 0 && plan.sendingDays.includes(weekday(day)));
}

interface Level {
  /** The last day that says something, and what its allowance comes to for today's IPs. */
  readonly last: DayFacts;
  readonly was: number;
  /** What the latest allowance comes to for today's IPs, never below the start. */
  readonly level: number;
  readonly start: number;
}

/** Reads the closed days; the first rule that applies decides. */
function judge(plan: WarmUpPlan, limits: ProviderPlan, facts: RampFacts, at: Level): RampDecision {
  const { last, level, start } = at;
  const { refused, refusals, braked } = refusalsSince(last, facts.history);
  const complaints = complaintsOf(facts);
  const cuts = [
    ...(refused > refusedCut ? [cut("cut-refused", at, refusedKeep, refusals)] : []),
    // New complaints only: a week's old ones would cut the same level every day.
    ...(complaints.rate > complaintsCut && last.complained > 0
      ? [cut("cut-complaints", at, complaintsKeep, complaints.words)]
      : []),
  ];
  const [deepest] = cuts.toSorted((one, other) => one.allowance - other.allowance);
  if (deepest !== undefined) return deepest;
  const same = (rule: RampRule, why: string): RampDecision => ({ allowance: level, rule, why });
  if (facts.hold !== undefined) return same("held", facts.hold);
  if (braked !== undefined) return same("braked", `a brake was in force on ${braked}`);
  if (refused > refusedHold) return same("refused", refusals);
  if (complaints.rate > complaintsHold) return same("complaints", complaints.words);
  if (!plan.sendingDays.includes(weekday(facts.day))) return same("not-a-sending-day", "the plan does not count it");
  const target = limits.targetPerIp * facts.ips;
  if (level >= target)
    return { allowance: target, rule: "target-reached", why: `the plan's target is ${target} a day` };
  if (!isProven(last)) return same("unproven", `${last.used} of ${last.allowance} used on ${last.day}`);
  const grown = Math.max(start, Math.min(target, nextLevel(plan, limits, facts, level)));
  return { allowance: grown, rule: "grow", why: `${last.used} of ${last.allowance} used on ${last.day}` };
}

/** Refusals of the day that counts and of those after it, which the plan does not count: they can only stop growth. */
function refusalsSince(
  last: DayFacts,
  history: History,
): { readonly refused: number; readonly refusals: string; readonly braked: UtcDay | undefined } {
  const days = history.filter(({ day, allowance }) => day >= last.day && allowance > 0);
  const count = days.reduce((sum, facts) => sum + refusedOn(facts), 0);
  const used = days.reduce((sum, facts) => sum + facts.used, 0);
  return {
    refused: count < fewestRefused ? 0 : rateAtLeast(count, used),
    refusals: `${count} of ${used} refused on ${days.map(({ day }) => day).join(", ")}`,
    braked: days.find((facts) => facts.braked)?.day,
  };
}

/** Complaints of the last days: the rate there is at least, and in words. */
function complaintsOf({ history, day }: RampFacts): { readonly rate: number; readonly words: string } {
  const days = trailing(history, day, complaintDays);
  const complained = days.reduce((sum, facts) => sum + facts.complained, 0);
  const used = days.reduce((sum, facts) => sum + facts.used, 0);
  const rate = complained < fewestComplaints ? 0 : rateAtLeast(complained, used);
  return { rate, words: `${complained} complaints of ${used} in ${complaintDays} days` };
}

/** Below the level, but never below the start: a trickle, so that acceptance can be seen again. */
function cut(rule: RampRule, { last, was, level, start }: Level, keep: number, why: string): RampDecision {
  const accepted = Math.max(0, last.used - refusedOn(last));
  // From the level of the day itself: however often that day is looked at, the cut is the same.
  const kept = Math.floor(keep * Math.min(was, accepted));
  return { allowance: Math.max(1, Math.min(level, Math.max(Math.min(start, level), kept))), rule, why };
}

function startOf(plan: WarmUpPlan, limits: ProviderPlan, ips: number): number {
  const perIp = plan.table === undefined ? limits.startPerIp : limits.startPerIp * limits.share;
  return Math.max(1, Math.floor(Math.min(perIp, limits.targetPerIp) * ips));
}

/** One step: by the growth ratio, or to the next entry of a published table. At least one recipient more. */
function nextLevel(plan: WarmUpPlan, limits: ProviderPlan, { history, ips }: RampFacts, level: number): number {
  const { table } = plan;
  if (table === undefined) {
    if (limits.growthPerDay <= 1) return level;
    return Math.max(level + 1, Math.floor(level * limits.growthPerDay));
  }
  const entry = (index: number): number => (table[Math.min(index, table.length - 1)] ?? 0) * limits.share;
  const steps = stepsTaken(history, entry);
  const byTable = Math.floor(entry(steps) * ips);
  if (level >= Math.floor(entry(steps - 1) * ips)) return Math.max(level, byTable);
  // After a cut the table is climbed again, by its own ratio or by the growth where it is flat.
  const ratio = Math.max(limits.growthPerDay, entry(steps) / entry(steps - 1));
  return Math.max(level, Math.min(byTable, Math.floor(level * ratio)));
}

/** How far into a table a history has come: days that were used at the table's level, one entry each. */
function stepsTaken(history: History, entry: (index: number) => number): number {
  let steps = 0;
  for (const facts of history) {
    const reached = facts.allowance >= Math.floor(entry(steps) * facts.ips);
    if (isProven(facts) && reached) steps += 1;
  }
  return steps;
}

/** Idle time cools a level: half after a week, back to the start after a month, as the plan says. */
function cool(
  plan: WarmUpPlan,
  { day, history, ips }: RampFacts,
  { level, start }: { readonly level: number; readonly start: number },
): RampDecision | undefined {
  const lastUse = history.findLast(({ used }) => used > 0);
  if (lastUse === undefined) return undefined;
  const idleDays = dayNumber(day) - dayNumber(lastUse.day) - 1;
  const step = plan.cooling.findLast(({ afterDays }) => idleDays >= afterDays);
  if (step === undefined) return undefined;
  // Cooled from the level of the last use, not from yesterday's: the same after any number of runs in between.
  const allowance = Math.max(start, Math.min(level, Math.floor(levelOf(lastUse, ips) * step.keep)));
  return { allowance, rule: "cooled", why: `${idleDays} days without mail since ${lastUse.day}` };
}
