import { type MailHistory, matteringMail, middle } from "./mail-history.ts";

/** What keeps an IP's reputation at a provider; recipients per IP. */
export interface WarmFloors {
  /** Each day (guide: "around 1,000 emails every day to each email provider"). */
  readonly perDay: number;
  /** On the best day of each month (guide: "several hundred emails within a 24-hour period"). */
  readonly perMonth: number;
}

/** "Several hundred", as a number. */
export const severalHundred = 300;

/** How many IPs the mail to one provider keeps warm. */
export interface ProviderWarmth {
  readonly provider: string;
  /** Recipients on a usual day: the middle of all days. */
  readonly usualDay: number;
  /** Recipients on the best day of the weakest month. */
  readonly bestOfMonth: number;
  /** IPs that such a day keeps warm. */
  readonly ipsByDay: number;
  /** IPs that are seen often enough to have a reputation at all. */
  readonly ipsByMonth: number;
}

const monthDays = 30;

/** Each provider that matters, most mail first. */
export function keptWarm(history: MailHistory, floors: WarmFloors): ProviderWarmth[] {
  return [...matteringMail(history)].map(([provider, counts]) => {
    const usualDay = middle(counts);
    const bestOfMonth = Math.min(...months(counts).map((month) => Math.max(...month)));
    const ips = (recipients: number, floor: number): number => Math.floor(recipients / Math.max(1, floor));
    const ipsByDay = ips(usualDay, floors.perDay);
    // What is enough for every day is more than enough for a month.
    return {
      provider,
      usualDay,
      bestOfMonth,
      ipsByDay,
      ipsByMonth: Math.max(ipsByDay, ips(bestOfMonth, floors.perMonth)),
    };
  });
}

/** IPs that are kept warm at one provider at least. */
export function mostIps(warmth: readonly ProviderWarmth[], by: "ipsByDay" | "ipsByMonth"): number {
  return Math.max(0, ...warmth.map((each) => each[by]));
}

/** Whole months back from the last day; a shorter history is one. */
function months(counts: readonly number[]): (readonly number[])[] {
  const whole = Math.max(1, Math.floor(counts.length / monthDays));
  return Array.from({ length: whole }, (_, back) => {
    const end = counts.length - back * monthDays;
    return counts.slice(Math.max(0, end - monthDays), end);
  });
}
