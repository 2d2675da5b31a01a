import { dayMs } from "../../../shared/domain/utc-day.ts";
import type { LocalSystem } from "../local-system.ts";
import { enqueueTraffic, messagesBetween } from "./traffic.ts";

export interface DaysSettings {
  readonly startMs: number;
  /** Days to run; without an end for `Infinity`. */
  readonly days: number;
  readonly messagesPerDay: number;
  /** Real milliseconds a virtual day lasts at least; 0 for as fast as it goes. */
  readonly realDayMs: number;
  /** Traffic is enqueued this many times an hour. */
  readonly bursts: number;
  readonly signal: AbortSignal;
  readonly onDay: (day: number) => void;
}

/** Time moves on in steps of five minutes: the shortest schedule of the stack. */
const stepMs = 300_000;
const stepsPerHour = 12;

/** A little after the full five minutes, so that what is due then is due. */
const afterMs = 1_000;

/** Runs built-in traffic through whole virtual days, from where the clock stands. */
export async function runDays(system: LocalSystem, settings: DaysSettings): Promise<void> {
  const { startMs, days, signal } = settings;
  const endMs = startMs + days * dayMs;
  // A run that starts again repeats the hour it was in: what it enqueued then is recognised by its ids.
  let hour = Math.max(0, Math.floor((system.clock.nowMs() - startMs) / (stepMs * stepsPerHour)));
  for (; startMs + hour * stepMs * stepsPerHour < endMs && !signal.aborted; hour += 1) {
    if (hour % 24 === 0) settings.onDay(hour / 24);
    for (let step = 0; step < stepsPerHour && !signal.aborted; step += 1) await runStep(system, settings, hour, step);
  }
}

async function runStep(system: LocalSystem, settings: DaysSettings, hour: number, step: number): Promise<void> {
  const { startMs, messagesPerDay, realDayMs, bursts } = settings;
  const beganMs = performance.now();
  await system.jumpTo(startMs + (hour * stepsPerHour + step) * stepMs + afterMs);
  const every = stepsPerHour / bursts;
  if (step % every === 0) {
    const day = Math.floor(hour / 24);
    const from = (hour % 24) + step / stepsPerHour;
    const range = messagesBetween(messagesPerDay, from, from + every / stepsPerHour);
    await enqueueTraffic(system.clients.queues, system.queueUrl("SendPathSendQueue"), day, range);
    await system.settle();
  }
  const leftMs = realDayMs / (24 * stepsPerHour) - (performance.now() - beganMs);
  if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
}

/** Longest virtual time that mail may need to leave the queues after the last day, ms. */
const drainMs = 2 * dayMs;

/** Moves on until send queue, parked queue and feedback queues hold nothing any more. @param everyMs - time of a step */
export async function drain(system: LocalSystem, everyMs = stepMs): Promise<void> {
  const queues = ["SendPathSendQueue", "SendPathParkedQueue", "FeedbackPathFeedbackQueue", "FeedbackPathProofQueue"];
  const isEmpty = (queue: string): boolean => {
    const { visible, inFlight, delayed } = system.queueState(queue);
    return visible + inFlight + delayed === 0;
  };
  const endMs = system.clock.nowMs() + drainMs;
  while (!queues.every(isEmpty) && system.clock.nowMs() < endMs) await system.jumpTo(system.clock.nowMs() + everyMs);
}
