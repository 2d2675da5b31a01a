import { openPart } from "../sending/pace.ts";
import {
  type AdaptiveSettings,
  allowedBy,
  type CapacityEstimate,
  learnDay,
  unknownCapacity,
} from "../warm-up/adaptive.ts";
import { adaptiveSettings, blindSettings } from "../warm-up/adaptive-settings.ts";
import { complaintDays, complaintsForbidGrowth } from "../warm-up/complaint-gate.ts";
import { type Answers, endsDay, isRefused, noAnswers } from "../warm-up/refusal-signs.ts";
import type { DayReport, PolicyMaker, TodaySeen } from "./policy.ts";

/** Recipients of the first day, one IP and all providers. */
const startPerDay = 400;
/** No day more than this ratio above the one before (Gmail, Braze). */
const mostStep = 2;
/** More than this multiple of the full volume is never needed. */
const mostOfFull = 2.5;

/**
 * The shipped ramp as the product runs it: the estimate of closed days, the pace through the day, the stop at the first
 * sure refusals. What is seen of a day on the day itself stands for its report until that comes.
 */
export function productPolicy(
  settings: AdaptiveSettings = adaptiveSettings,
  blind: AdaptiveSettings = blindSettings,
): PolicyMaker {
  return ({ share, fullPerDay, delayDays, delayHours }) => {
    const isBlind = delayHours >= 24;
    const own = isBlind ? blind : settings;
    const start = startPerDay * share;
    const complaints = new RecentComplaints();
    let estimate: CapacityEstimate = unknownCapacity(own, start);
    let [today, allowed, learned] = [0, start / mostStep, 0];
    let seen: TodaySeen | undefined;
    const seenClean = new Set<number>();

    const learn = (report: DayReport): void => {
      learned = report.day;
      seen = undefined;
      estimate = learnDay(own, estimate, report);
      complaints.addDay(report.day, report.accepted);
    };
    const learnSeen = ({ offered, deferred, blocked }: TodaySeen): void => {
      if (!isRefused(own, estimate, { refused: deferred + blocked, offered })) seenClean.add(today);
      learn({ day: today, allowance: allowed, offered, accepted: offered - deferred - blocked, deferred, blocked });
    };

    /** A report that is worse than what was seen of its day: refusals of the last hours. */
    const correct = (report: DayReport): void => {
      const refused = report.deferred + report.blocked;
      if (!seenClean.has(report.day) || !isRefused(own, estimate, { refused, offered: report.offered })) return;
      const { capacity = Number.POSITIVE_INFINITY } = estimate;
      const then = learnDay(own, estimate, report);
      const grown = (then.capacity ?? 0) * (1 + then.growth * own.margin) ** delayDays;
      estimate = { ...then, capacity: Math.min(capacity, grown) };
    };

    const hours: Answers[] = [];
    let [before, ended] = [noAnswers, false];
    /** Once ended a day stays so. */
    const dayEnds = (now: TodaySeen): boolean => {
      if (now.hour === 0) {
        hours.length = 0;
        [before, ended] = [noAnswers, false];
      }
      hours.push({ refused: now.refused - before.refused, offered: now.offered - before.offered });
      before = now;
      ended ||= endsDay(own, hours, 1);
      return ended;
    };

    return {
      allowance(day) {
        if (seen !== undefined) learnSeen(seen);
        today = day;
        const bound = complaints.forbidGrowth() ? allowed : mostStep * allowed;
        allowed = Math.max(
          5,
          Math.min(allowedBy(own, estimate, isBlind ? delayDays : 0), bound, mostOfFull * fullPerDay * share),
        );
        return allowed;
      },
      openBy(now) {
        if (!isBlind && now.hour === 23 && learned < today) seen = now;
        if (dayEnds(now)) return 0;
        return allowed * openPart(estimate.blocked ? "probing" : "paced", now.hour);
      },
      learn(report) {
        if (isBlind || report.day === today) learn(report);
        else correct(report);
      },
      learnComplaints: (day, count) => complaints.add(day, count),
    };
  };
}

/** Complaints, and the mail they are about. */
class RecentComplaints {
  readonly #accepted = new Map<number, number>();
  readonly #days: { readonly accepted: number; readonly complained: number }[] = [];

  addDay(day: number, accepted: number): void {
    this.#accepted.set(day, accepted);
  }

  add(day: number, complained: number): void {
    this.#days.push({ accepted: this.#accepted.get(day) ?? 0, complained });
    this.#accepted.delete(day);
    if (this.#days.length > complaintDays) this.#days.shift();
  }

  forbidGrowth(): boolean {
    let [complained, accepted] = [0, 0];
    for (const each of this.#days) {
      complained += each.complained;
      accepted += each.accepted;
    }
    return complaintsForbidGrowth(complained, accepted);
  }
}
