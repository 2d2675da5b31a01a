import type { QuarantineReason } from "../domain/sending/outcome.ts";
import type { SendMessage } from "./send-message.ts";

/** How far ahead a `sendAfter` may lie: a year's campaign, planned a month early. */
const mostMonthsAhead = 13;

/**
 * Why a message asks for a time that is not kept so long; undefined when it does not. Judged by when it was enqueued, so
 * that it is judged alike whenever it is looked at.
 * @param enqueuedAtMs - first time on the send queue, epoch ms
 */
export function tooFarAhead(
  { sendAfter = 0 }: Pick<SendMessage, "sendAfter">,
  enqueuedAtMs: number,
): QuarantineReason | undefined {
  if (sendAfter <= monthsAfter(enqueuedAtMs, mostMonthsAhead)) return undefined;
  const sentence = `Its sendAfter lies more than ${mostMonthsAhead} months after it was enqueued, and mail is kept no longer: enqueue it under a new id when its time is nearer.`;
  return { code: "send-after-too-far", sentence };
}

function monthsAfter(epochMs: number, months: number): number {
  const moment = new Date(epochMs);
  return moment.setUTCMonth(moment.getUTCMonth() + months);
}
