import { dayNumber, type UtcDay } from "../utc-day.ts";

/** What is known of one closed day of a pool at one provider. Recipients. */
export interface DayFacts {
  readonly day: UtcDay;
  /** Warming IPs on that day. */
  readonly ips: number;
  /** The allowance of that day: "used" is always compared with this one, never with today's. */
  readonly allowance: number;
  /** Recipients that were reserved and sent by warming IPs; only these are progress. */
  readonly used: number;
  readonly deferred: number;
  readonly blocked: number;
  readonly complained: number;
  /** Recipients by the pool's established IPs. */
  readonly established: number;
  /** Recipients of the pool's streams that left by shared IPs: what the warming IPs did not carry. */
  readonly shared: number;
  /** A brake or a pause was in force. */
  readonly braked: boolean;
}

/** Closed days, oldest first; days without an allowance are left out. */
export type History = readonly DayFacts[];

/** Days that a history keeps. */
export const historyDays = 60;

/** Progress asks for this share of the day's allowance (Owlat and others grow from 80 % used). */
const provenShare = 0.8;

/** True when the day's allowance was really used. */
export function isProven({ used, allowance }: DayFacts): boolean {
  return used > 0 && used >= provenShare * allowance;
}

/** Recipients that the provider turned away that day. */
export function refusedOn({ deferred, blocked }: DayFacts): number {
  return deferred + blocked;
}

/** Adds or replaces a day; the same facts in any order make the same history. */
export function withDay(history: History, facts: DayFacts): History {
  const others = history.filter(({ day }) => day !== facts.day);
  return [...others, facts].toSorted((one, other) => (one.day < other.day ? -1 : 1)).slice(-historyDays);
}

/** The last days of a history up to and including a number of days before a day. */
export function trailing(history: History, day: UtcDay, days: number): History {
  return history.filter((facts) => {
    const age = dayNumber(day) - dayNumber(facts.day);
    return age >= 1 && age <= days;
  });
}
