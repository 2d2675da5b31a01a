import { slotMs } from "../feedback/sign.ts";
import { dayMs, dayNumber, type UtcDay } from "../utc-day.ts";
import { type Answers, endsDay, noAnswers, type RefusalSettings } from "../warm-up/refusal-signs.ts";
import type { Brake } from "./brake.ts";
import type { Tally } from "./tally.ts";

/** Names the brake that ends a day; the rules of the configuration have other names. */
export const dayLimitRule = "day-limit";

const partsPerHour = 6;

/**
 * The end of a day at one provider: what it refused within an hour shows that the day's capacity is used up, and more
 * mail would only be refused as well. For pools that ramp by what is refused; a trickle stays.
 * @param tallies - of the mail admitted that day, in order of time, one for each slot
 */
export function dayStop(settings: RefusalSettings, day: UtcDay, tallies: readonly Tally[]): Brake | undefined {
  const parts = everyTenMinutes(tallies);
  const last = parts.findIndex((_, index) => endsDay(settings, parts.slice(0, index + 1), partsPerHour));
  const [first] = tallies;
  if (last < 0 || first === undefined) return undefined;
  const sofar = parts.slice(0, last + 1);
  const total = (of: (part: Answers) => number): number => sofar.reduce((sum, part) => sum + of(part), 0);
  return {
    step: "stop",
    rule: dayLimitRule,
    level: 1,
    trickles: true,
    sinceMs: first.slotMs + last * slotMs,
    untilMs: (dayNumber(day) + 1) * dayMs,
    why: `${total((part) => part.refused)} of ${total((part) => part.offered)} answers of the day so far refused, many of them within an hour: its capacity is used up`,
  };
}

/** From the first slot to the last, the empty ones between them too. */
function everyTenMinutes(tallies: readonly Tally[]): Answers[] {
  const [first, last] = [tallies[0], tallies.at(-1)];
  if (first === undefined || last === undefined) return [];
  const parts = new Map(
    tallies.map(({ slotMs: atMs, refused, answers }) => [atMs, { refused: refused.refused, offered: answers }]),
  );
  const count = (last.slotMs - first.slotMs) / slotMs + 1;
  return Array.from({ length: count }, (_, index) => parts.get(first.slotMs + index * slotMs) ?? noAnswers);
}

/** Of two brakes the harder one, then the one that lasts longer. */
export function harder(one: Brake | undefined, other: Brake | undefined): Brake | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.step !== other.step) return one.step === "stop" ? one : other;
  return one.untilMs >= other.untilMs ? one : other;
}
