/** Longest delay SQS gives one message, seconds. */
export const maxDelaySeconds = 900;

/** A wait as a delay that SQS accepts: whole seconds, at least 1, at most 900. Longer waits are asked for again. */
export function delaySeconds(waitMs: number): number {
  return Math.min(maxDelaySeconds, Math.max(1, Math.ceil(waitMs / 1000)));
}
