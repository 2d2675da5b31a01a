import { toleratedMs } from "./trust-clock.ts";

/** When a queue took a message and first handed it over, epoch ms by the queue's own clock. */
export interface Stamps {
  readonly sentMs: number;
  readonly firstReceivedMs: number;
}

/**
 * Whether messages that were just handed over speak against a clock: sent in its future, or handed over for the first
 * time long ago. The latter may also be one that came back: only the service itself knows.
 */
export function speakAgainst(messages: readonly Stamps[], nowMs: number): boolean {
  return messages.some(
    ({ sentMs, firstReceivedMs }) => sentMs > nowMs + toleratedMs || firstReceivedMs < nowMs - toleratedMs,
  );
}
