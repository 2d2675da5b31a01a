import { demandOfHour } from "../provider-model/demand.ts";
import { normal } from "../provider-model/draw.ts";
import type { OfferAnswer } from "../provider-model/provider-model.ts";
import type { DayReport, Policy, TodaySeen } from "./policy.ts";
import type { Scenario } from "./scenario.ts";

/** One provider's model as the simulation asks it. A day is `startDay`, offers in hours 0 to 23, `endDay`. */
export interface ModelledProvider {
  startDay(day: number): void;
  offer(day: number, hour: number, recipients: number): OfferAnswer;
  endDay(day: number): void;
  /** For the oracle only, before the day is started. */
  capacityToday(day: number): number;
  /** Complaints per accepted recipient, as a fraction. */
  readonly complaintRate: number;
}

/** What became of one provider's mail on each day, from day 1 at index 0; recipients. */
export interface ProviderRun {
  readonly provider: string;
  readonly demand: Float64Array;
  readonly allowance: Float64Array;
  readonly accepted: Float64Array;
  readonly deferred: Float64Array;
  readonly blocked: Float64Array;
}

/** Gmail tells SES of no complaint, so no policy hears of any. */
export function reportsComplaints(provider: string): boolean {
  return provider !== "gmail";
}

export interface ProviderDemand {
  readonly provider: string;
  /** Whole recipients for each day. */
  readonly demand: Float64Array;
  /** Luck of the complaints: uniform in [0, 1) for (day, part). */
  readonly luck: (day: number, part: number) => number;
}

/** Runs one provider through all days under one policy. */
export function runProvider(
  model: ModelledProvider,
  policy: Policy,
  { provider, demand, luck }: ProviderDemand,
  { days, delayDays, delayHours }: Pick<Scenario, "days" | "delayDays" | "delayHours">,
): ProviderRun {
  const [allowance, accepted, deferred, blocked] = [dayArray(days), dayArray(days), dayArray(days), dayArray(days)];
  const reports: DayReport[] = [];
  const complaints: number[] = [];
  for (let day = 1; day <= days; day += 1) {
    const known = reports[day - 2 - delayDays];
    if (known !== undefined) policy.learn(known);
    const complained = complaints[day - 3 - delayDays];
    if (complained !== undefined) policy.learnComplaints?.(day - 2 - delayDays, complained);
    const allowed = Math.max(0, policy.allowance(day));
    model.startDay(day);
    const report = runDay(model, policy, { day, allowance: allowed, demand: demand[day - 1] ?? 0, delayHours });
    model.endDay(day);
    reports.push(report);
    const expected = reportsComplaints(provider) ? report.accepted * model.complaintRate : 0;
    complaints.push(complaintsOf(expected, (part) => luck(day, part)));
    allowance[day - 1] = allowed;
    accepted[day - 1] = report.accepted;
    deferred[day - 1] = report.deferred;
    blocked[day - 1] = report.blocked;
  }
  return { provider, demand, allowance, accepted, deferred, blocked };
}

const dayArray = (days: number): Float64Array => new Float64Array(days);

/** Complaints about a day's mail, from the expected number (Poisson; a normal number where that is large). */
function complaintsOf(expected: number, chance: (part: number) => number): number {
  if (expected <= 0) return 0;
  if (expected > 30) return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal(chance(0), chance(1))));
  let count = 0;
  for (let product = chance(0); product > Math.exp(-expected); product *= chance(count)) count += 1;
  return count;
}

interface Today {
  readonly day: number;
  readonly allowance: number;
  readonly demand: number;
  readonly delayHours: number;
}

const hours = 24;

/** Reused from day to day: recipients of each hour. */
const offeredIn = new Float64Array(hours);
const deferredIn = new Float64Array(hours);
const blockedIn = new Float64Array(hours);

function runDay(model: ModelledProvider, policy: Policy, { day, allowance, demand, delayHours }: Today): DayReport {
  const most = Math.floor(Math.min(allowance, Number.MAX_SAFE_INTEGER));
  let [offered, accepted, deferred, blocked] = [0, 0, 0, 0];
  let [seenOffered, seenDeferred, seenBlocked] = [0, 0, 0];
  for (let hour = 0; hour < hours; hour += 1) {
    const visible = hour - delayHours - 1;
    if (visible >= 0) {
      seenOffered += offeredIn[visible] ?? 0;
      seenDeferred += deferredIn[visible] ?? 0;
      seenBlocked += blockedIn[visible] ?? 0;
    }
    const refused = seenDeferred + seenBlocked;
    const seen: TodaySeen = { hour, offered: seenOffered, refused, deferred: seenDeferred, blocked: seenBlocked };
    const open = policy.openBy === undefined ? most : Math.min(most, Math.floor(policy.openBy(seen)));
    const n = Math.max(0, Math.min(demandOfHour(demand, hour), open - offered));
    const answer = model.offer(day, hour, n);
    offeredIn[hour] = n;
    deferredIn[hour] = answer.deferred;
    blockedIn[hour] = answer.blocked;
    offered += n;
    accepted += answer.accepted;
    deferred += answer.deferred;
    blocked += answer.blocked;
  }
  return { day, allowance, offered, accepted, deferred, blocked };
}
