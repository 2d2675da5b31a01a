import { toleratedMs } from "./trust-clock.ts";

/** What a queue says of a message that it hands over; times are epoch ms by the queue's own clock. */
export interface Stamps {
  readonly firstReceivedMs: number;
  /** How often it was handed over, this time included. */
  readonly receives: number;
}

/**
 * Whether messages that were just handed over speak for a clock: one that comes for the first time carries the queue's
 * time of a moment ago. Those that come again say nothing of now.
 */
export function speakFor(messages: readonly Stamps[], nowMs: number): boolean {
  return messages.some(
    ({ firstReceivedMs, receives }) => receives === 1 && Math.abs(nowMs - firstReceivedMs) <= toleratedMs,
  );
}
