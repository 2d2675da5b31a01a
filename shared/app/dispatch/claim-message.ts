import { type Claim, type ClaimStanding, maxResends, proofWaitMs, standingOf } from "../../domain/sending/claim.ts";
import { delaySeconds } from "../../domain/sending/delay.ts";
import { claimedUntilMs } from "../../domain/sending/id-life.ts";
import type { Outcome, ParkReason, QuarantineReason } from "../../domain/sending/outcome.ts";
import { putOffWaitMs } from "../../domain/sending/put-off.ts";
import type { ClaimTimes } from "../../ports/claim-store.ts";
import type { Batch, DispatchPorts, DispatchRecord } from "./dispatch-ports.ts";
import type { Admitted, Claimed } from "./work.ts";

/** What claiming a message led to: ours to send, or settled some other way. */
export type ClaimStep =
  | { readonly kind: "claimed"; readonly work: Claimed }
  | { readonly kind: "settled"; readonly outcome: Outcome }
  | { readonly kind: "quarantine"; readonly reason: QuarantineReason }
  /** It waits for proof, or for its next try. @property delaySeconds - until it should be looked at again */
  | { readonly kind: "park"; readonly because: ParkReason; readonly delaySeconds: number };

/** Claims one message, or finds out from receipt and proof what became of it when somebody claimed it before. */
export async function claimMessage(ports: DispatchPorts, batch: Batch, admitted: Admitted): Promise<ClaimStep> {
  const { record, position } = admitted;
  const { fingerprint } = record;
  const mine: Claim = {
    batch: batch.id,
    position,
    attempt: 1,
    resends: 0,
    deadlineMs: batch.claimDeadlineMs,
    fingerprint,
  };
  const answer = await ports.claims.claim(record.message.id, mine, timesOf(batch, admitted));
  if (answer.kind === "claimed") return claimed(batch, admitted, mine);
  const standing = await standingOfTaken(ports, batch, answer.by, record);
  return stepFor(ports, batch, { admitted, theirs: answer.by, standing });
}

async function standingOfTaken(
  { receipts, proofs }: DispatchPorts,
  { nowMs }: Batch,
  claim: Claim,
  { fingerprint, message: { sendAfter: sendAfterMs } }: DispatchRecord,
): Promise<ClaimStanding> {
  const [receipt, proof] = await Promise.all([receipts.get(claim.batch), proofs.get(claim.batch)]);
  return standingOf({ claim, fingerprint, receipt, proof, sendAfterMs, nowMs });
}

/** The id stays known while its message waits, and long after. */
function timesOf({ nowMs }: Batch, { record: { message } }: Admitted): ClaimTimes {
  return { nowMs, untilMs: claimedUntilMs(nowMs, message) };
}

/** From now on this copy carries with it when its id was looked up. */
function claimed({ nowMs }: Batch, admitted: Admitted, claim: Claim): ClaimStep {
  return { kind: "claimed", work: { ...admitted, record: { ...admitted.record, claimedAtMs: nowMs }, claim } };
}

interface Taken {
  readonly admitted: Admitted;
  readonly theirs: Claim;
  readonly standing: ClaimStanding;
}

async function stepFor(ports: DispatchPorts, batch: Batch, taken: Taken): Promise<ClaimStep> {
  const { standing } = taken;
  switch (standing.kind) {
    case "sent":
      return { kind: "settled", outcome: { kind: "already-sent", provenBy: standing.provenBy } };
    case "owner-at-work":
      return { kind: "settled", outcome: again("owner-at-work", taken.theirs.deadlineMs - batch.nowMs) };
    case "other-content":
      return { kind: "quarantine", reason: otherContent };
    case "not-sent":
      return takeOver(ports, batch, taken, {});
    case "put-off":
      return stepForPutOff(ports, batch, taken, standing.sinceMs);
    case "unknown":
      return stepForUnknown(ports, batch, taken, standing);
    default:
      return standing satisfies never;
  }
}

async function stepForPutOff(ports: DispatchPorts, batch: Batch, taken: Taken, sinceMs: number): Promise<ClaimStep> {
  const putOffs = (taken.theirs.putOffs ?? 0) + 1;
  const waitMs = sinceMs + putOffWaitMs(putOffs) - batch.nowMs;
  if (waitMs > 0) return { kind: "park", because: "ses-put-off", delaySeconds: delaySeconds(waitMs) };
  return takeOver(ports, batch, taken, { putOffs });
}

async function stepForUnknown(
  ports: DispatchPorts,
  batch: Batch,
  taken: Taken,
  { sinceMs, silent }: Extract<ClaimStanding, { kind: "unknown" }>,
): Promise<ClaimStep> {
  const { stream, record } = taken.admitted;
  const { batch: theirBatch, position, resends, silentResends = 0 } = taken.theirs;
  const fields = { batch: theirBatch, position, stream: stream.name };
  const waitMs = sinceMs + proofWaitMs(taken.theirs, stream.unknownWaitMs) - batch.nowMs;
  if (waitMs > 0) {
    if (!record.parked) ports.log.warn("OUTCOME_UNKNOWN", fields);
    return { kind: "park", because: "outcome-unknown", delaySeconds: delaySeconds(waitMs) };
  }
  const mayResend = stream.onUnknown === "resend" && (silent || resends < maxResends);
  if (!mayResend) return { kind: "quarantine", reason: unproven };
  ports.log.warn("UNKNOWN_RESENT", fields);
  return takeOver(ports, batch, taken, silent ? { silentResends: silentResends + 1 } : { resends: resends + 1 });
}

type Counts = Partial<Pick<Claim, "resends" | "silentResends" | "putOffs">>;

async function takeOver(
  ports: DispatchPorts,
  batch: Batch,
  { admitted, theirs }: Taken,
  counts: Counts,
): Promise<ClaimStep> {
  const { record, position } = admitted;
  const mine: Claim = {
    ...theirs,
    ...counts,
    batch: batch.id,
    position,
    attempt: theirs.attempt + 1,
    deadlineMs: batch.claimDeadlineMs,
    fingerprint: record.fingerprint,
  };
  const answer = await ports.claims.takeOver(record.message.id, theirs, mine, timesOf(batch, admitted));
  if (answer.kind === "claimed") return claimed(batch, admitted, mine);
  return { kind: "settled", outcome: again("claim-contended", answer.by.deadlineMs - batch.nowMs) };
}

function again(because: "owner-at-work" | "claim-contended", waitMs: number): Outcome {
  return { kind: "again", because, delaySeconds: delaySeconds(waitMs) };
}

const otherContent: QuarantineReason = {
  code: "same-id-other-content",
  sentence: "The id was used before for a message with other content: give every message an id of its own.",
};

const unproven: QuarantineReason = {
  code: "outcome-unknown",
  sentence:
    "Nothing proves whether SES took this message, and it is not sent again (any more): check with the recipient, then send it under a new id if it did not arrive.",
};
