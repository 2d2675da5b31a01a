import type { KeptTimes } from "../../domain/sending/id-life.ts";
import type { Outcome, QuarantineReason } from "../../domain/sending/outcome.ts";
import type { DispatchPorts, DispatchRecord } from "./dispatch-ports.ts";

/** Puts a record that can never be sent into quarantine with its reason. @throws when it could not be kept */
export async function quarantine(
  ports: Pick<DispatchPorts, "quarantine" | "log">,
  { recordId, body, enqueuedAtMs, claimedAtMs }: Pick<DispatchRecord, "recordId" | "body" | keyof KeptTimes>,
  reason: QuarantineReason,
): Promise<Outcome> {
  await ports.quarantine.keep(body, reason, { enqueuedAtMs, claimedAtMs });
  ports.log.warn("QUARANTINED", { recordId, reason: reason.code });
  return { kind: "quarantined", reason };
}

export const tooLate: QuarantineReason = {
  code: "send-before-passed",
  sentence: "Its sendBefore had passed before it could be sent: send it again with a later time if it still matters.",
};

export const neverInTime: QuarantineReason = {
  code: "send-before-passed",
  sentence: "Its sendBefore had passed when it was enqueued: send it again with a later time if it still matters.",
};

export const tooOld: QuarantineReason = {
  code: "too-old",
  sentence:
    "For more than 27 days it could have been sent and nobody looked at it: what is known of its id may be forgotten. If it was not sent and still matters, send it again under a new id.",
};
