import type { Outcome } from "../../domain/sending/outcome.ts";
import type { Batch } from "./dispatch-ports.ts";
import { holdForTime } from "./hold.ts";
import { neverInTime, quarantine, tooLate } from "./quarantine.ts";
import type { Admitted, Claimed, Dispatch } from "./work.ts";

/**
 * Parts mail that may be sent now from mail whose time has not come yet or is over. The latter takes no turn and waits
 * for no circuit: it is claimed, so that its id is known from the door on, and kept.
 */
export function byTime<Mail extends Admitted>(
  { nowMs }: Batch,
  mail: readonly Mail[],
): { readonly due: Mail[]; readonly others: Mail[] } {
  const isDue = ({ record: { message } }: Mail): boolean =>
    (message.sendAfter ?? 0) <= nowMs && (message.sendBefore ?? Number.POSITIVE_INFINITY) > nowMs;
  return { due: mail.filter(isDue), others: mail.filter((each) => !isDue(each)) };
}

/** Holds a message until its `sendAfter`, or sets it aside when its `sendBefore` has passed. */
export function keepForTime(dispatch: Dispatch, work: Claimed): Promise<Outcome> {
  const { message, enqueuedAtMs } = work.record;
  const { sendAfter = 0, sendBefore = Number.POSITIVE_INFINITY } = message;
  if (sendAfter > dispatch.batch.nowMs) return holdForTime(dispatch, work, sendAfter);
  return quarantine(dispatch.ports, work.record, sendBefore <= enqueuedAtMs ? neverInTime : tooLate);
}
