import { delaySeconds, maxDelaySeconds } from "../../domain/sending/delay.ts";
import type { Outcome } from "../../domain/sending/outcome.ts";
import { backForRate } from "./back-for-rate.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import { quarantine, tooLate } from "./quarantine.ts";
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
      return { kind: "sent", route: mail.route.kind, passedOver: mail.passedOver };
    case "throttled":
      // Spread by position, so that a batch does not come back as one burst.
      return backForRate(ports, mail, { because: "ses-throttled", delaySeconds: 2 + (mail.position % 10) });
    case "no-turn":
      return backForRate(ports, mail, { because: "send-rate", delaySeconds: 2 + (mail.position % 10) });
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
    case "too-late":
      return quarantine(ports, mail.record, tooLate);
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
