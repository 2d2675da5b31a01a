import { delaySeconds, maxDelaySeconds } from "../../domain/sending/delay.ts";
import type { Outcome } from "../../domain/sending/outcome.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import type { SendResult } from "./send-routed.ts";
import { setAside } from "./set-aside.ts";
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
      // Spread over some seconds, so that the batch does not come back as one burst.
      return { kind: "again", because: "ses-throttled", delaySeconds: 2 + (mail.position % 10) };
    case "out-of-time":
      return { kind: "again", because: "out-of-time", delaySeconds: 1 };
    case "quota-spent":
    case "paused":
      await ports.parking.park(mail.record, maxDelaySeconds);
      return { kind: "parked", because: result.kind === "paused" ? "ses-paused" : "ses-quota" };
    case "unknown":
      ports.log.warn("OUTCOME_UNKNOWN", { batch: batch.id, position: mail.position, stream: mail.stream.name });
      await ports.parking.park(
        mail.record,
        delaySeconds(batch.claimDeadlineMs + mail.stream.unknownWaitMs - batch.nowMs),
      );
      return { kind: "parked", because: "outcome-unknown" };
    case "refused":
      return setAside(ports, mail.record, { code: "refused-by-ses", sentence: result.sentence });
    default:
      return result satisfies never;
  }
}
