/** Calendar day in UTC as `YYYY-MM-DD`: the unit in which allowances are counted. */
export type UtcDay = string;

export const dayMs = 86_400_000;

/**
 * UTC day of an instant. Written out (days to civil date, proleptic Gregorian) because the domain has no `Date`.
 * @param epochMs - milliseconds since 1970-01-01T00:00Z
 */
export function utcDay(epochMs: number): UtcDay {
  const shifted = Math.floor(epochMs / dayMs) + 719_468; // days since 0000-03-01
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153); // March is 0
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** A moment (epoch ms) for people, to the minute: `2026-11-02 14:30 UTC`. */
export function utcTime(epochMs: number): string {
  const minutes = Math.floor((((epochMs % dayMs) + dayMs) % dayMs) / 60_000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${utcDay(epochMs)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)} UTC`;
}

/** Days since 1970-01-01 of a UTC day; the inverse of `utcDay` in whole days. */
export function dayNumber(day: UtcDay): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** Day of the week: 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekday(day: UtcDay): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** The UTC day a number of days later, or earlier for a negative number. */
export function dayAfter(day: UtcDay, days: number): UtcDay {
  return utcDay((dayNumber(day) + days) * dayMs);
}
