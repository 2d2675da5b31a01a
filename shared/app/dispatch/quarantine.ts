import type { Outcome, QuarantineReason } from "../../domain/sending/outcome.ts";
import type { DispatchPorts, DispatchRecord } from "./dispatch-ports.ts";

/** Puts a record that can never be sent into quarantine with its reason. @throws when it could not be kept */
export async function quarantine(
  ports: Pick<DispatchPorts, "quarantine" | "log">,
  { recordId, body, enqueuedAtMs }: Pick<DispatchRecord, "recordId" | "body" | "enqueuedAtMs">,
  reason: QuarantineReason,
): Promise<Outcome> {
  await ports.quarantine.keep(body, reason, enqueuedAtMs);
  ports.log.warn("QUARANTINED", { recordId, reason: reason.code });
  return { kind: "quarantined", reason };
}

export const tooLate: QuarantineReason = {
  code: "send-before-passed",
  sentence: "Its sendBefore had passed before it could be sent: send it again with a later time if it still matters.",
};
