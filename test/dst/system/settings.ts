import type { QueueSettings } from "../aws/queue.ts";
import type { MappingSettings } from "../engine/mapping.ts";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** A consumed queue as the stack makes it. test/infra/dst-settings.test.ts compares these figures with the template. */
export interface ConsumedQueue {
  readonly queue: QueueSettings;
  readonly mapping: MappingSettings;
}

export type QueueName = "send" | "parked" | "feedback" | "proof";

export const functionTimeoutMs = {
  dispatcher: 30 * secondMs,
  feedback: 30 * secondMs,
  release: 60 * secondMs,
};

/** Environment of the dispatcher. */
export const dispatcherSettings = { sendTimeoutMs: 10 * secondMs, sendConcurrency: 10, mostSenders: 7 };

/** How often the schedule calls the release function. */
export const releaseEveryMs = 5 * minuteMs;

export const consumedQueues: Readonly<Record<QueueName, ConsumedQueue>> = {
  send: {
    queue: { name: "send", visibilityMs: 181 * secondMs, delayMs: 0, maxReceives: 10 },
    mapping: { batchSize: 25, windowMs: secondMs, maxConcurrency: 5 },
  },
  parked: {
    queue: { name: "parked", visibilityMs: 180 * secondMs, delayMs: 0, maxReceives: 5 },
    mapping: { batchSize: 10, windowMs: 0, maxConcurrency: 2 },
  },
  feedback: {
    queue: { name: "feedback", visibilityMs: 185 * secondMs, delayMs: 0, maxReceives: 5 },
    mapping: { batchSize: 100, windowMs: 5 * secondMs, maxConcurrency: 5 },
  },
  proof: {
    queue: { name: "proof", visibilityMs: 185 * secondMs, delayMs: minuteMs, maxReceives: 5 },
    mapping: { batchSize: 100, windowMs: 5 * secondMs, maxConcurrency: 2 },
  },
};
