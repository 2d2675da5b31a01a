import { type MailHistory, middle, total } from "./mail-history.ts";

/** How regular a sender's mail is, all providers together. */
export interface Regularity {
  readonly days: number;
  /** Part of the days that had mail, a fraction. */
  readonly daysWithMail: number;
  /** Most days in a row without any. */
  readonly largestGapDays: number;
  /** The strongest week against the middle one, a ratio; undefined without a whole week, infinite when most are empty. */
  readonly highestWeek: number | undefined;
  /** The strongest day of the week against the average day, a ratio. */
  readonly weeklyPeak: number;
}

const weekDays = 7;

export function regularity({ perDay }: MailHistory): Regularity {
  const weeks = wholeWeeks(perDay).map(total);
  return {
    days: perDay.length,
    daysWithMail: perDay.filter((count) => count > 0).length / perDay.length,
    largestGapDays: largestGap(perDay),
    highestWeek: weeks.length === 0 ? undefined : Math.max(...weeks) / middle(weeks),
    weeklyPeak: weeklyPeak(perDay),
  };
}

function largestGap(perDay: readonly number[]): number {
  let [largest, now] = [0, 0];
  for (const count of perDay) {
    now = count > 0 ? 0 : now + 1;
    largest = Math.max(largest, now);
  }
  return largest;
}

/** Back from the last day. */
function wholeWeeks(perDay: readonly number[]): (readonly number[])[] {
  return Array.from({ length: Math.floor(perDay.length / weekDays) }, (_, back) => {
    const end = perDay.length - back * weekDays;
    return perDay.slice(end - weekDays, end);
  });
}

function weeklyPeak(perDay: readonly number[]): number {
  const onDay = Array.from({ length: Math.min(weekDays, perDay.length) }, (_, first) => {
    const counts = perDay.filter((_count, index) => index % weekDays === first);
    return total(counts) / counts.length;
  });
  return Math.max(...onDay) / (total(perDay) / perDay.length);
}
