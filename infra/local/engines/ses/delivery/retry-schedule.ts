const hourMs = 3_600_000;

/** Waits after the first, second, ... failed attempt; the last one repeats. */
const waitsMs = [0.5 * hourMs, hourMs, 2 * hourMs, 4 * hourMs];

/**
 * When SES tries again.
 * @param attempts - failed attempts so far, from 1
 * @returns milliseconds since 1970; the message's expiry where the next attempt would come after it
 */
export function nextAttemptMs(attempts: number, nowMs: number, expiresAtMs: number): number {
  const waitMs = waitsMs[Math.min(attempts, waitsMs.length) - 1] ?? hourMs;
  return Math.min(nowMs + waitMs, expiresAtMs);
}
