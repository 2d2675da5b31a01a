import type { MailRow } from "../../shared/domain/advice/mail-history.ts";
import { dayAfter } from "../../shared/domain/utc-day.ts";

/** The first day of `rows`. */
export const monday = "2026-08-03";

/** Rows of a mail history: days in a row, from a Monday on. */
export function rows(days: number, recipients: (day: number) => number, provider = "gmail"): MailRow[] {
  return Array.from({ length: days }, (_unused, day) => ({
    day: dayAfter(monday, day),
    provider,
    recipients: recipients(day),
  }));
}

/** So much from Monday to Friday, half of it at the weekend. */
export const weekdays = (count: number) => (day: number) => (day % 7 < 5 ? count : count / 2);

/** The rows as the file of an operator. */
export function csvOf(all: readonly MailRow[]): string {
  const lines = all.map(({ day, provider, recipients }) => `${day},${provider},${recipients}`);
  return ["date,provider,count", ...lines].join("\n");
}
