import { noOutcomes, type OutcomeCounts, type OutcomeReading } from "../../../shared/domain/feedback/outcome-counts.ts";
import { type DayOfEvents, kinds, mailOf } from "./day.ts";
import { bounces, delays } from "./replies.ts";

const outcomes = Object.keys(noOutcomes) as (keyof OutcomeCounts)[];

/**
 * What must be counted, by another way: each (message, outcome) once, by a bit for each, whatever the order. Lines of
 * `pool/stream/provider outcome count`.
 */
export function referenceCounts(day: DayOfEvents): string[] {
  const seen = new Uint16Array(day.messages);
  const counts = new Map<string, number>();
  for (let n = 0; n < day.message.length; n += 1) {
    const outcome = outcomeOf(day, n);
    if (outcome === undefined) continue;
    const message = day.message[n] ?? 0;
    const bit = 1 << outcomes.indexOf(outcome);
    if (((seen[message] ?? 0) & bit) !== 0) continue;
    seen[message] = (seen[message] ?? 0) | bit;
    const { pool, stream, provider, recipients } = mailOf(message);
    const name = `${pool}/${stream}/${provider} ${outcome}`;
    counts.set(name, (counts.get(name) ?? 0) + recipients);
  }
  return [...counts].map(([name, count]) => `${name} ${count}`).sort(inTextOrder);
}

function outcomeOf({ kind, reply }: DayOfEvents, n: number): keyof OutcomeCounts | undefined {
  switch (kinds[kind[n] ?? 0]) {
    case "Send":
      return "accepted";
    case "Delivery":
      return "delivered";
    case "Complaint":
      return "complained";
    case "Bounce":
      return bounces[reply[n] ?? 0]?.countsAs;
    default:
      return delays[reply[n] ?? 0]?.countsAs;
  }
}

/** What a store counted, in the same form. */
export function countedLines(readings: readonly OutcomeReading[]): string[] {
  return readings
    .flatMap(({ key: { pool, stream, provider }, counts }) =>
      outcomes.map((outcome) => ({ name: `${pool}/${stream}/${provider} ${outcome}`, count: counts[outcome] })),
    )
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${name} ${count}`)
    .sort(inTextOrder);
}

function inTextOrder(one: string, other: string): number {
  return one < other ? -1 : 1;
}
