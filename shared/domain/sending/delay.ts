import type { AgainReason } from "./outcome.ts";

/** Longest delay SQS gives one message, seconds. */
export const maxDelaySeconds = 900;

/** A wait as a delay that SQS accepts: whole seconds, at least 1, at most 900. Longer waits are asked for again. */
export function delaySeconds(waitMs: number): number {
  return Math.min(maxDelaySeconds, Math.max(1, Math.ceil(waitMs / 1000)));
}

/** These waits end at a moment that is known, another batch's deadline: waiting longer helps nobody. */
const knownWaits: ReadonlySet<AgainReason> = new Set(["owner-at-work", "claim-contended"]);

/**
 * How long a message that goes back to its queue stays hidden, seconds: twice as long with every delivery, so that
 * trouble which lasts does not use up its deliveries.
 * @param deliveries - how often the queue has handed it over, at least 1
 */
export function redeliverySeconds(
  { because, delaySeconds: first }: { readonly because: AgainReason; readonly delaySeconds: number },
  deliveries: number,
): number {
  return knownWaits.has(because) ? first : delaySeconds(first * 1000 * 2 ** (deliveries - 1));
}
