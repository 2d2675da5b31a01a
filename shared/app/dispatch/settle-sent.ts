import { intervalOf } from "../../domain/sending/circuit.ts";
import { proofWaitMs } from "../../domain/sending/claim.ts";
import { delaySeconds } from "../../domain/sending/delay.ts";
import type { Outcome, ParkReason } from "../../domain/sending/outcome.ts";
import { isGivenUp, putOffWaitMs } from "../../domain/sending/put-off.ts";
import type { PutOff, Stopped } from "../../ports/mail-sender.ts";
import { backForRate } from "./back-for-rate.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import { spreadMs } from "./park-stopped.ts";
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
    case "unreachable":
      // Spread by position, so that a batch does not come back as one burst.
      return backForRate(ports, mail, { because: "ses-throttled", delaySeconds: 2 + (mail.position % 10) });
    case "no-turn":
      return backForRate(ports, mail, { because: "send-rate", delaySeconds: 2 + (mail.position % 10) });
    case "out-of-time":
      return { kind: "again", because: "out-of-time", delaySeconds: 1 };
    case "stopped":
      return park(ports, mail, { because: result.reason, waitMs: stopWaitMs(result) + spreadMs(mail) });
    case "silence":
      return park(ports, mail, { because: "ses-silent", waitMs: intervalOf("ses-silent") + spreadMs(mail) });
    case "unknown":
      ports.log.warn("OUTCOME_UNKNOWN", { batch: batch.id, position: mail.position, stream: mail.stream.name });
      return park(ports, mail, {
        because: "outcome-unknown",
        waitMs: batch.claimDeadlineMs + proofWaitMs(mail.claim, mail.stream.unknownWaitMs) - batch.nowMs,
      });
    case "put-off":
      return settlePutOff(ports, batch, mail, result);
    case "too-late":
      return quarantine(ports, mail.record, tooLate);
    case "refused":
      return quarantine(ports, mail.record, { code: "refused-by-ses", sentence: result.sentence });
    default:
      return result satisfies never;
  }
}

/** Mail of a stopped route may have another: it is looked at again as soon as everybody knows of the stop. */
const otherRouteMs = 5_000;

function stopWaitMs({ scope, reason }: Stopped): number {
  return scope.kind === "configuration-set" ? otherRouteMs : intervalOf(reason);
}

/** Told the first time only: it may be put right at any time, and then leaves by itself. */
async function settlePutOff(
  ports: DispatchPorts,
  batch: Batch,
  mail: Routed,
  { sentence, error }: PutOff,
): Promise<Outcome> {
  const times = (mail.claim.putOffs ?? 0) + 1;
  if (isGivenUp(times)) return quarantine(ports, mail.record, { code: "refused-by-ses", sentence });
  const fields = { batch: batch.id, position: mail.position, stream: mail.stream.name, error, says: sentence };
  if (times === 1) ports.log.error("SES_PUT_OFF", fields);
  return park(ports, mail, { because: "ses-put-off", waitMs: putOffWaitMs(times) });
}

async function park(
  { parking }: DispatchPorts,
  { record, passedOver }: Routed,
  { because, waitMs }: { readonly because: ParkReason; readonly waitMs: number },
): Promise<Outcome> {
  await parking.park(record, delaySeconds(waitMs));
  return { kind: "parked", because, passedOver };
}
