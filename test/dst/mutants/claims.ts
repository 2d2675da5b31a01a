import type { Mutant } from "./mutant.ts";

const claimMessage = "shared/app/dispatch/claim-message.ts";
const claim = "shared/domain/sending/claim.ts";
const idLife = "shared/domain/sending/id-life.ts";
const claimStore = "shared/adapters/dynamo/claim-store.ts";

/** Bugs of claims: who may send, and who finds out what became of a mail. */
export const claimMutants: readonly Mutant[] = [
  {
    name: "claim-under-the-sqs-id",
    file: claimMessage,
    find: "ports.claims.claim(record.message.id, mine",
    replace: "ports.claims.claim(record.recordId, mine",
    why: "Every copy on a queue has an id of its own: a second copy is sent as well.",
  },
  {
    name: "claim-without-condition",
    file: claimStore,
    find: 'const free = "attribute_not_exists(pk) OR expiresAt < :now";',
    replace: 'const free = "attribute_not_exists(pk) OR attribute_exists(pk)";',
    why: "Whoever comes last holds the claim, and sends once more.",
  },
  {
    name: "claim-lives-one-hour",
    file: idLife,
    find: "promisedMs + longestUnseenMs + dayMs",
    replace: "3_600_000",
    why: "The default of the usual idempotency library: a copy that comes back a day later counts as new.",
  },
  {
    name: "own-claim-known-by-its-batch-alone",
    file: claimStore,
    find: "found.batch === claim.batch && found.position === claim.position",
    replace: "found.batch === claim.batch",
    why: "Two contents under one id in one batch both believe that they hold the claim.",
  },
  {
    name: "takeover-without-condition",
    file: claimStore,
    find: 'const stillTheirs = "batchId = :batch AND attempt = :attempt";',
    replace: 'const stillTheirs = "attribute_exists(pk)";',
    why: "Two that find the same unknown claim both take it over, and both send.",
  },
  {
    name: "takeover-keeps-the-old-deadline",
    file: claimMessage,
    find: "    deadlineMs: batch.claimDeadlineMs,\n    fingerprint: record.fingerprint,",
    replace: "    deadlineMs: theirs.deadlineMs,\n    fingerprint: record.fingerprint,",
    why: "A claim just taken over looks as if its worker had died long ago.",
  },
  {
    name: "missing-receipt-means-not-sent",
    file: claim,
    find: "if (receipt !== undefined && !receipt.unknown.includes(claim.position)) return",
    replace: "if (!receipt?.unknown.includes(claim.position)) return",
    why: "A worker that died after SES took its mail leaves no receipt.",
  },
  {
    name: "receipt-not-read",
    file: claim,
    find: 'if (receipt?.sent.includes(claim.position)) return { kind: "sent", provenBy: "receipt" };',
    replace: "",
    why: "A mail that its receipt proves to be sent counts as not sent.",
  },
  {
    name: "proof-not-read",
    file: claim,
    find: 'if (proof.has(claim.position)) return { kind: "sent", provenBy: "proof" };',
    replace: "",
    why: "SES's own event proved the mail, and it is sent again all the same.",
  },
  {
    name: "other-content-taken-for-a-copy",
    file: claim,
    find: 'if (claim.fingerprint !== fingerprint) return { kind: "other-content" };',
    replace: "",
    why: "Another mail under a used id is dropped as sent, and nobody ever sees it.",
  },
  {
    name: "resend-before-the-wait",
    file: claimMessage,
    find: "sinceMs + proofWaitMs(taken.theirs, stream.unknownWaitMs) - batch.nowMs",
    replace: "sinceMs - batch.nowMs",
    why: "The event that would have proved the mail is still on its way.",
  },
  {
    name: "resend-although-forbidden",
    file: claimMessage,
    find: 'stream.onUnknown === "resend" && ',
    replace: "",
    why: "The stream says that a person decides, and its mail is sent twice.",
  },
  {
    name: "resend-not-counted",
    file: claimMessage,
    find: 'ports.log.warn("UNKNOWN_RESENT", fields);',
    replace: "",
    why: "A mail may have been sent twice, and no figure says so.",
  },
  {
    name: "resend-without-end",
    file: claimMessage,
    find: "resends < maxResends",
    replace: "resends < 1_000",
    why: "A mail whose end stays unknown is sent again and again.",
  },
  {
    name: "unknown-not-parked",
    file: "shared/app/dispatch/dispatch-batch.ts",
    find: "          await ports.parking.park(record, step.delaySeconds);\n",
    replace: "",
    why: "A mail that waits for proof is answered as done and kept nowhere.",
  },
];
