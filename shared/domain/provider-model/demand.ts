import { normal } from "./draw.ts";
import { type Chance, purpose } from "./traits.ts";

/** Percent of a day's mail that falls into each hour, 0 to 23 UTC. */
const hourlyPercent = [1, 1, 1, 1, 1, 1, 3, 3, 8, 8, 8, 8, 6, 6, 7, 7, 7, 7, 4, 4, 4, 1.5, 1.5, 1];

/** Fraction of a day's mail that falls before each hour, 0 to 23. */
const sharesBefore = hourlyPercent.map((_percent, hour) =>
  hourlyPercent.slice(0, hour).reduce((sum, percent) => sum + percent / 100, 0),
);

/**
 * Mail that an application has for one provider on one day; weekends are quieter.
 * @param fullPerDay - recipients per UTC day at full volume, all providers
 * @param share - fraction of it that goes to this provider
 * @returns whole recipients
 */
export function demandOfDay(fullPerDay: number, share: number, day: number, chance: Chance): number {
  const noise = normal(chance(purpose.demandFirst, day), chance(purpose.demandSecond, day));
  const weekday = day % 7 === 6 || day % 7 === 0 ? 0.6 : 1;
  return Math.floor(fullPerDay * share * Math.exp(0.15 * noise) * weekday);
}

/**
 * The part of a day's demand that falls into one hour; the 24 parts add up to the day.
 * @param demand - whole recipients of the day
 * @param hour - 0 to 23
 */
export function demandOfHour(demand: number, hour: number): number {
  const before = (h: number): number => (h >= 24 ? demand : Math.floor(demand * (sharesBefore[h] ?? 0)));
  return before(hour + 1) - before(hour);
}
