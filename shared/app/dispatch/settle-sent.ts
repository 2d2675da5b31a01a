import { delaySeconds, maxDelaySeconds } from "../../domain/sending/delay.ts";
import type { Outcome } from "../../domain/sending/outcome.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import { quarantine } from "./quarantine.ts";
import type { SendResult } from "./send-routed.ts";
import type { Routed } from "./work.ts";

/** Turns SES's answer for one message into its outcome, and parks or sets aside what does not go back to the queue. */
export async function settleSent(
  ports: DispatchPorts,
  batch: Batch,
  mail: Routed,
  result: SendResult,
): Promise<Outcome> {
  switch (result.kind) {
    case "accepted":
      return { kind: "sent", route: mail.route.kind };
    case "throttled":
      return throttled(ports, mail);
    case "out-of-time":
      return { kind: "again", because: "out-of-time", delaySeconds: 1 };
    case "quota-spent":
    case "paused":
    case "misconfigured":
      await ports.parking.park(mail.record, maxDelaySeconds);
      return { kind: "parked", because: parkReasons[result.kind] };
    case "unknown":
      ports.log.warn("OUTCOME_UNKNOWN", { batch: batch.id, position: mail.position, stream: mail.stream.name });
      await ports.parking.park(
        mail.record,
        delaySeconds(batch.claimDeadlineMs + mail.stream.unknownWaitMs - batch.nowMs),
      );
      return { kind: "parked", because: "outcome-unknown" };
    case "refused":
      return quarantine(ports, mail.record, { code: "refused-by-ses", sentence: result.sentence });
    default:
      return result satisfies never;
  }
}

const parkReasons = {
  "quota-spent": "ses-quota",
  paused: "ses-paused",
  misconfigured: "ses-misconfigured",
} as const;

/** A message that SES's rate has sent back this often waits on the parked queue: its receive count starts anew there. */
const patientReceives = 4;

/** Waits are spread by position, so that a batch does not come back as one burst. */
async function throttled(ports: DispatchPorts, { record, position }: Routed): Promise<Outcome> {
  if (record.receives < patientReceives) {
    return { kind: "again", because: "ses-throttled", delaySeconds: 2 + (position % 10) };
  }
  await ports.parking.park(record, 60 + 10 * (position % 24));
  return { kind: "parked", because: "ses-throttled" };
}
