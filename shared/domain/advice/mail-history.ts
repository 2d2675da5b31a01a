import { dayAfter, dayNumber, type UtcDay } from "../utc-day.ts";

/** Mail of one UTC day to one mailbox provider. */
export interface MailRow {
  readonly day: UtcDay;
  readonly provider: string;
  readonly recipients: number;
}

/** A sender's own mail, day by day without gaps. */
export interface MailHistory {
  readonly first: UtcDay;
  readonly last: UtcDay;
  /** Recipients of each day, from `first` to `last`, by provider; most mail first. */
  readonly byProvider: ReadonlyMap<string, readonly number[]>;
  /** Of all providers. */
  readonly perDay: readonly number[];
}

/**
 * Puts rows in order. Rows of the same day and provider add up; a day without a row had no mail.
 * @param mostDays - older days than so many before the last are left out
 * @returns undefined without any mail
 */
export function mailHistory(rows: readonly MailRow[], mostDays: number): MailHistory | undefined {
  const used = rows.filter(({ recipients }) => recipients > 0);
  const days = used.map(({ day }) => day).toSorted();
  const [oldest, last] = [days[0], days.at(-1)];
  if (oldest === undefined || last === undefined) return undefined;
  const length = Math.min(mostDays, dayNumber(last) - dayNumber(oldest) + 1);
  const first = dayAfter(last, 1 - length);
  const byProvider = new Map<string, number[]>();
  for (const { day, provider, recipients } of used) {
    if (day < first) continue;
    const counts = byProvider.get(provider) ?? Array.from({ length }, () => 0);
    const index = dayNumber(day) - dayNumber(first);
    counts[index] = (counts[index] ?? 0) + recipients;
    byProvider.set(provider, counts);
  }
  return {
    first,
    last,
    byProvider: new Map([...byProvider].toSorted(([, one], [, other]) => total(other) - total(one))),
    perDay: Array.from({ length }, (_, index) => total([...byProvider.values()].map((counts) => counts[index] ?? 0))),
  };
}

export function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The middle of a list; of two middles the higher one. 0 for an empty list. */
export function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** A provider matters with this part of all mail. */
const matteringPart = 0.05;

/** Providers whose reputation is worth a thought, most mail first. */
export function matteringMail({ byProvider, perDay }: MailHistory): ReadonlyMap<string, readonly number[]> {
  const all = total(perDay);
  return new Map([...byProvider].filter(([, counts]) => total(counts) >= matteringPart * all));
}
