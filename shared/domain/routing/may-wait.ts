import type { Stream } from "./stream.ts";

/** Times of a message, epoch ms. */
export interface MailTimes {
  /** When the application enqueued it. */
  readonly enqueuedAtMs: number;
  readonly sendAfterMs?: number | undefined;
  readonly sendBeforeMs?: number | undefined;
}

/** Held mail goes back to the send queue this long before its `sendBefore`, so that it still leaves in time, ms. */
const leaveBeforeMs = 10 * 60_000;

/**
 * The moment until which a message may wait for room on its own IPs, epoch ms; undefined when it may not (any more).
 * @param stream - with the pool that this message has
 */
export function mayWaitUntilMs(
  { whenFull, pool, longestHoldMs }: Stream,
  { enqueuedAtMs, sendAfterMs = 0, sendBeforeMs = Number.POSITIVE_INFINITY }: MailTimes,
  nowMs: number,
): number | undefined {
  if (whenFull === "overflow" || pool === undefined) return undefined;
  const lastMs = Math.max(enqueuedAtMs, sendAfterMs) + longestHoldMs;
  const untilMs = Math.min(lastMs, sendBeforeMs - leaveBeforeMs);
  return untilMs > nowMs ? untilMs : undefined;
}

/**
 * The moment until which mail is held that may not wait and yet has no route left, epoch ms: for another round, so that it never
 * leaves by other IPs and never expires in silence.
 */
export function anotherRoundUntilMs(
  { longestHoldMs }: Stream,
  { sendBeforeMs = Number.POSITIVE_INFINITY }: MailTimes,
  nowMs: number,
): number {
  return Math.min(nowMs + longestHoldMs, sendBeforeMs);
}
