import type { Mutant } from "./mutant.ts";

const dispatchBatch = "shared/app/dispatch/dispatch-batch.ts";
const receipt = "shared/app/dispatch/receipt.ts";
const sendRouted = "shared/app/dispatch/send-routed.ts";
const answerForError = "shared/adapters/ses/answer/answer-for-error.ts";
const settleSent = "shared/app/dispatch/settle-sent.ts";

/** Bugs of calls to SES, of receipts and of proof. */
export const receiptMutants: readonly Mutant[] = [
  {
    name: "receipt-lives-shorter-than-its-claims",
    file: "shared/adapters/dynamo/receipt-store.ts",
    find: "claimLifeMs + 7 * dayMs",
    replace: "2 * dayMs",
    why: "The claim still stands, its receipt is gone, and what was sent reads as unknown.",
  },
  {
    name: "receipt-skipped-when-nothing-was-sent",
    file: receipt,
    find: "  try {\n    await receipts.put",
    replace: "  if (receipt.sent.length + receipt.unknown.length === 0) return;\n  try {\n    await receipts.put",
    why: "Mail that was never called for reads as unknown, and waits.",
  },
  {
    name: "receipt-skipped-when-all-claims-failed",
    file: dispatchBatch,
    find: "claimed.length > 0 || fitting.some(({ record }) => outcomes.failed(record))",
    replace: "claimed.length > 0",
    why: "A claim whose answer was lost stands without a receipt: unknown, though nothing was sent.",
  },
  {
    name: "unknown-left-out-of-the-receipt",
    file: receipt,
    find: 'unknown: positions("unknown")',
    replace: "unknown: []",
    why: "A call without an answer reads as not sent.",
  },
  {
    name: "receipt-before-the-last-call-ended",
    file: sendRouted,
    find: "await inParallel(routed, settings.sendConcurrency",
    replace: "void inParallel(routed, settings.sendConcurrency",
    why: "Calls that are still running are not on the receipt, and read as not sent.",
  },
  {
    name: "batch-id-not-unique",
    file: dispatchBatch,
    find: "id: chance.id(),",
    replace: 'id: "batch",',
    why: "Receipts of different batches overwrite each other.",
  },
  {
    name: "call-after-the-deadline",
    file: "shared/app/dispatch/send-pace.ts",
    find: 'if (nowMs > untilMs) return "out-of-time";',
    replace: "",
    why: "A worker that was frozen calls SES when its mail has long been taken over.",
  },
  {
    name: "call-repeated-after-an-unknown-end",
    file: sendRouted,
    find: 'return kind === "throttled" ||',
    replace: 'return kind === "throttled" || kind === "unknown" ||',
    why: "Only a refusal proves that nothing was sent: a call without an answer may have been taken.",
  },
  {
    name: "ses-client-with-default-retries",
    file: "shared/adapters/clients.ts",
    find: "new SESv2Client({ maxAttempts: 1, ",
    replace: "new SESv2Client({ ",
    why: "SendEmail has no idempotency token: one call, several mails.",
  },
  {
    name: "no-answer-means-not-sent",
    file: answerForError,
    find: "status === undefined || status >= 500",
    replace: "status !== undefined && status >= 500",
    why: "SES may have taken the mail before the connection broke.",
  },
  {
    name: "server-error-means-not-sent",
    file: answerForError,
    find: "status === undefined || status >= 500 || status === 408",
    replace: "status === undefined",
    why: "SES may have taken the mail before it failed.",
  },
  {
    name: "quota-taken-for-a-refusal",
    file: answerForError,
    find: 'const quotaSpent: SendAnswer = {\n  kind: "stopped",',
    replace: 'const quotaSpent: SendAnswer = {\n  kind: "refused",',
    why: "Good mail goes to quarantine because the day's quota is spent.",
  },
  {
    name: "pause-taken-for-a-refusal",
    file: answerForError,
    find: "  answerOfPause,\n",
    replace: "",
    why: "Good mail goes to quarantine because sending is paused.",
  },
  {
    name: "unknown-answered-without-parking",
    file: settleSent,
    find: "  await parking.park(record, delaySeconds(waitMs));\n",
    replace: "  delaySeconds(waitMs);\n",
    why: "A call without an answer is answered as done, and the mail is kept nowhere.",
  },
  {
    name: "proof-of-one-mail-a-batch",
    file: "shared/app/feedback/keep-proofs.ts",
    find: "byBatch.get(claim.batch) ?? new Map<string, number>()",
    replace: "new Map<string, number>()",
    why: "Of two events of one dispatcher batch that are read together, one is forgotten.",
  },
  {
    name: "proof-only-without-a-receipt",
    file: "shared/app/feedback/keep-proofs.ts",
    find: "filter((position) => !receipt?.sent.includes(position))",
    replace: "filter(() => receipt === undefined)",
    why: "An event proves a mail whose receipt says unknown, and is thrown away.",
  },
];
