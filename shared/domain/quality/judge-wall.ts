import { rateAtLeast } from "../confidence.ts";
import { percent } from "../percent.ts";
import { dayAfter, type UtcDay } from "../utc-day.ts";
import type { QualityDay } from "./stream-quality.ts";
import { severity, type Wall, type WallLevel } from "./wall.ts";
import { fallsBelow, type MeasuredCause, type WallMeasure, wallMeasures } from "./wall-limits.ts";

export interface WallFacts {
  readonly today: UtcDay;
  /** The stream's mail by the day that admitted it, in any order. */
  readonly days: readonly QualityDay[];
  /** The wall in force. */
  readonly before?: Wall | undefined;
  /** Days up to and including this one say nothing any more. */
  readonly liftedDay?: UtcDay | undefined;
  /** Our IPs and others are refused alike, in words. */
  readonly listFault?: string | undefined;
}

export type JudgedWall = Pick<Wall, "level" | "cause" | "why">;

/**
 * The wall that a stream's mail asks for; undefined for none. It rises at once. It falls when the rate is clearly below
 * its limit, by enough mail that was taken. With less mail one that stops mail stands, since it also stops what would
 * speak for the list: an operator lifts it. One that only holds growth ends.
 */
export function judgeWall(facts: WallFacts): JudgedWall | undefined {
  const { before, listFault } = facts;
  const found = [
    ...measured(facts, "bounces"),
    ...measured(facts, "complaints"),
    ...(listFault === undefined ? [] : [{ level: "hold-growth", cause: "list", why: listFault } as const]),
  ];
  const weight = ({ level, cause }: JudgedWall): number => severity(level) + (cause === before?.cause ? 0.5 : 0);
  return found.toSorted((one, other) => weight(other) - weight(one))[0];
}

function measured(facts: WallFacts, cause: MeasuredCause): JudgedWall[] {
  const measure = wallMeasures[cause];
  const { hits, total } = countOf(facts, cause);
  const rate = rateAtLeast(hits, total);
  const raised = total >= measure.fewest && hits >= measure.fewestHits ? highest(measure, rate, 1) : undefined;
  const why = inWords[cause](hits, total, rate);
  const before = facts.before?.cause === cause ? facts.before : undefined;
  if (before === undefined || severity(raised) >= severity(before.level)) return judged(raised, cause, why);
  // Only mail that was taken speaks for the list: one bounce more must never end a wall.
  if (total - hits >= measure.fewest) {
    const stands = highest(measure, rate, fallsBelow, before.level);
    return judged(stands, cause, why);
  }
  return before.level === "hold-growth" ? [] : [{ level: before.level, cause, why: before.why }];
}

function judged(level: WallLevel | undefined, cause: MeasuredCause, why: string): JudgedWall[] {
  return level === undefined ? [] : [{ level, cause, why }];
}

/** The highest level, up to one, whose limit (or a part of it) a rate has reached. */
function highest({ limits }: WallMeasure, rate: number, part: number, upTo?: WallLevel): WallLevel | undefined {
  const most = upTo === undefined ? Number.POSITIVE_INFINITY : severity(upTo);
  return limits.findLast((limit) => severity(limit.level) <= most && rate >= part * limit.rate)?.level;
}

function countOf(
  { today, days, liftedDay = "" }: WallFacts,
  cause: MeasuredCause,
): { readonly hits: number; readonly total: number } {
  const from = dayAfter(today, 1 - wallMeasures[cause].days);
  const counting = days.filter(({ day }) => day >= from && day <= today && day > liftedDay);
  const sum = (count: (each: QualityDay) => number): number => counting.reduce((total, each) => total + count(each), 0);
  return cause === "bounces"
    ? { hits: sum(({ bounced }) => bounced), total: sum(({ answered }) => answered) }
    : { hits: sum(({ complained }) => complained), total: sum(({ delivered }) => delivered) };
}

const inWords: Readonly<Record<MeasuredCause, (hits: number, total: number, rate: number) => string>> = {
  bounces: (hits, total, rate) =>
    `${hits} of ${total} answers in ${wallMeasures.bounces.days} days were hard bounces, at least ${percent(rate)}`,
  complaints: (hits, total, rate) =>
    `${hits} complaints of ${total} delivered in ${wallMeasures.complaints.days} days, at least ${percent(rate)}`,
};
