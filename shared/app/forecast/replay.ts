import type { MailHistory } from "../../domain/advice/mail-history.ts";
import { dayAfter, dayNumber, type UtcDay } from "../../domain/utc-day.ts";

const weekDays = 7;

/** A sender's last weeks again and again, each day of the week in its place. */
export interface Replay {
  readonly from: UtcDay;
  /** Whole weeks. */
  readonly days: number;
  /** Recipients of each day to come, by provider, from the start on. */
  readonly byProvider: ReadonlyMap<string, Float64Array>;
}

/** @returns undefined when there is no whole week to repeat */
export function replay(history: MailHistory, start: UtcDay, days: number): Replay | undefined {
  const length = history.perDay.length - (history.perDay.length % weekDays);
  if (length === 0) return undefined;
  const from = dayAfter(history.last, 1 - length);
  const skipped = history.perDay.length - length;
  const ahead = dayNumber(start) - dayNumber(from);
  const at = (day: number): number => skipped + ((((ahead + day) % length) + length) % length);
  const byProvider = new Map(
    [...history.byProvider].map(([provider, counts]) => [
      provider,
      Float64Array.from({ length: days }, (_, day) => counts[at(day)] ?? 0),
    ]),
  );
  return { from, days: length, byProvider };
}
