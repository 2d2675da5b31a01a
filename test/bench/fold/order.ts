import { draw } from "../../../shared/domain/provider-model/draw.ts";
import type { DayOfEvents } from "./day.ts";

/** Purposes of `draw`. */
const purpose = { late: 11, anywhere: 12 } as const;

/** How much later than another an event may be delivered, ms. */
const shuffledWithinMs = 3 * 60_000;

/** The delay of the queue that Send events come by, ms. */
const proofDelayMs = 60_000;

/** Events of a backlog worked in a second: five environments, three batches each. */
const backlogPerSecond = 1_500;

const batchSize = 100;

/** Events of one invocation, by their number in the day, and when it runs, epoch ms. */
export interface Batch {
  readonly events: readonly number[];
  readonly atMs: number;
}

/**
 * Batches as the two queues deliver them: Send events by one of their own, everything else by the other.
 * @param overDay - any event may come at any time of the day, as after a long outage
 */
export function batchesOf(day: DayOfEvents, overDay: boolean): readonly Batch[] {
  const numbers = Array.from(day.message.keys());
  const lastMs = day.atMs.reduce((latest, atMs) => Math.max(latest, atMs), 0);
  const arrival = Float64Array.from(numbers, (n) => {
    const atMs = day.atMs[n] ?? 0;
    if (overDay) return lastMs + draw(n, purpose.anywhere) * (numbers.length / backlogPerSecond) * 1_000;
    return atMs + (day.kind[n] === 0 ? proofDelayMs : 0) + draw(n, purpose.late) * shuffledWithinMs;
  });
  const inOrder = numbers.sort((one, other) => (arrival[one] ?? 0) - (arrival[other] ?? 0));
  const queues = [inOrder.filter((n) => day.kind[n] === 0), inOrder.filter((n) => day.kind[n] !== 0)];
  return queues
    .flatMap((queue) =>
      Array.from({ length: Math.ceil(queue.length / batchSize) }, (_, batch): Batch => {
        const events = queue.slice(batch * batchSize, (batch + 1) * batchSize);
        return { events, atMs: Math.ceil(arrival[events.at(-1) ?? 0] ?? 0) };
      }),
    )
    .sort((one, other) => one.atMs - other.atMs);
}
