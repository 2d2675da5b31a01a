// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of source files
import type { Mutant } from "./mutant.ts";

const handler = "functions/dispatcher/handler.ts";
const outcomes = "shared/app/dispatch/outcomes.ts";
const putBack = "shared/app/release/put-back.ts";

/** Bugs of queues, of held mail and of answers to Lambda. */
export const queueMutants: readonly Mutant[] = [
  {
    name: "handler-answers-nothing",
    file: handler,
    find: "return batchResponse([...failed, ...again.map(([{ messageId }]) => messageId)]);",
    replace: "return batchResponse([]);",
    why: "An answer without a list means success for all: what should come again is deleted.",
  },
  {
    name: "malformed-and-not-kept",
    file: handler,
    find: "      failed.push(recordId);",
    replace: "",
    why: "A malformed record that quarantine did not take is deleted.",
  },
  {
    name: "error-swallowed",
    file: outcomes,
    find: 'this.#byRecord.set(recordId, { kind: "again", because: "store-failed", delaySeconds: retrySeconds });',
    replace: 'this.#byRecord.set(recordId, { kind: "already-sent", provenBy: "receipt" });',
    why: "A record whose store call failed is answered as done.",
  },
  {
    name: "holding-without-a-name-of-its-own",
    file: "shared/app/dispatch/hold.ts",
    find: "holdId: `${batch.id}-${position}`",
    replace: "holdId: message.id",
    why: "Mail that was held again in between is deleted with the holding before, its body too.",
  },
  {
    name: "quarantine-not-awaited",
    file: "shared/app/dispatch/quarantine.ts",
    find: "await ports.quarantine.keep(body, reason, { enqueuedAtMs, claimedAtMs });",
    replace: "void ports.quarantine.keep(body, reason, { enqueuedAtMs, claimedAtMs }).catch(() => {});",
    why: "A record is answered as done before anyone knows that quarantine has it.",
  },
  {
    name: "parked-without-its-body",
    file: "shared/adapters/sqs/sqs-mail-queue.ts",
    find: "MessageBody: body,",
    replace: "MessageBody: JSON.stringify({ parkedAtMs: enqueuedAtMs }),",
    why: "What comes back from the parked queue is no mail any more.",
  },
  {
    name: "delay-beyond-what-sqs-takes",
    file: "shared/domain/sending/delay.ts",
    find: "Math.min(maxDelaySeconds, Math.max(1, Math.ceil(waitMs / 1000)))",
    replace: "Math.max(1, Math.ceil(waitMs / 1000))",
    why: "SQS refuses a delay above 15 minutes: waiting mail goes round until it is dead.",
  },
  {
    name: "circuit-that-never-closes",
    file: "shared/domain/sending/circuit.ts",
    find: "untilMs: nowMs + intervalOf(reason, nowMs - sinceMs)",
    replace: "untilMs: nowMs + 1_000 * intervalOf(reason, nowMs - sinceMs)",
    why: "SES takes mail again, and nobody asks it.",
  },
  {
    name: "stopped-and-not-parked",
    file: "shared/app/dispatch/park-stopped.ts",
    find: "await parking.park(work.record, delaySeconds(",
    replace: "void (parking, delaySeconds(",
    why: "Mail that an open circuit stops is answered as done and kept nowhere.",
  },
  {
    name: "send-after-not-read",
    file: "shared/app/dispatch/keep-for-time.ts",
    find: "(message.sendAfter ?? 0) <= nowMs",
    replace: "(message.sendAfter ?? 0) <= Number.MAX_SAFE_INTEGER",
    why: "Mail for tomorrow morning leaves tonight.",
  },
  {
    name: "age-not-read",
    file: "shared/domain/sending/id-life.ts",
    find: "nowMs - unseenSinceMs(copy) > longestUnseenMs",
    replace: "nowMs - unseenSinceMs(copy) > Number.MAX_SAFE_INTEGER",
    why: "Mail comes back from the dead letters when nobody knows any more whether it was sent.",
  },
  {
    name: "held-mail-removed-before-it-is-enqueued",
    file: putBack,
    find: "    const body = await held.body(message);\n",
    replace: "    const body = await held.body(message);\n    await held.remove(message);\n",
    why: "A run that dies in between leaves the mail nowhere.",
  },
  {
    name: "holdings-of-a-message-in-one-place",
    file: "shared/adapters/dynamo/table-keys.ts",
    find: "enqueuedAtMs, holdId }: HeldMessage): string {",
    replace: "enqueuedAtMs, id: holdId }: HeldMessage): string {",
    why: "Mail that was held again in between is deleted with the holding before.",
  },
  {
    name: "hold-not-awaited",
    file: "shared/app/dispatch/hold.ts",
    find: "  await ports.held.hold(kept, body);",
    replace: "  void ports.held.hold(kept, body).catch(() => {});",
    why: "A record is answered as done before anyone knows that it is held.",
  },
];
