// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of source files
import type { Mutant } from "./mutant.ts";

const store = "shared/adapters/dynamo/allowance-store.ts";
const dispatchBatch = "shared/app/dispatch/dispatch-batch.ts";

/** Bugs of reservations, releases and routes. */
export const allowanceMutants: readonly Mutant[] = [
  {
    name: "counters-with-default-retries",
    file: "shared/adapters/clients.ts",
    find: "new DynamoDBClient({ requestHandler, maxAttempts: 1 })",
    replace: "new DynamoDBClient({ requestHandler })",
    why: "A release whose answer is lost is made twice.",
  },
  {
    name: "epoch-left-out-of-the-reservation",
    file: store,
    find: "`${hasRoom} AND ${sameEpoch} AND (",
    replace: "`${hasRoom} AND (",
    why: "Whoever still believes in the old limit reserves by it after it was lowered.",
  },
  {
    name: "room-left-out-of-the-reservation",
    file: store,
    find: "`${hasRoom} AND ${sameEpoch} AND (",
    replace: "`${sameEpoch} AND (",
    why: "Two that saw the same room both take it.",
  },
  {
    name: "guard-left-out-of-the-reservation",
    file: store,
    find: " AND (attribute_not_exists(${guard}) OR ${guard} <> :name)`",
    replace: "`",
    why: "A reservation whose answer was lost is taken a second time, and nobody uses it.",
  },
  {
    name: "unknown-reservation-spent",
    file: store,
    find: 'if (taken === "unknown") return this.#unknown(key);',
    replace: 'if (taken === "unknown") return { kind: "granted", recipients: wanted, epoch: allowance.epoch };',
    why: "Mail leaves on units that may never have been reserved.",
  },
  {
    name: "no-allowance-means-unlimited",
    file: store,
    find: 'if (allowance === undefined) return { kind: "none", because: "no-allowance" };',
    replace: 'if (allowance === undefined) return { kind: "granted", recipients, epoch: 0 };',
    why: "A day that nobody opened has no limit.",
  },
  {
    name: "brake-not-read",
    file: "shared/domain/sending/allowance.ts",
    find: "Math.min(paced, openUnder(brake, limit, nowMs))",
    replace: "Math.max(paced, openUnder(brake, limit, nowMs))",
    why: "A brake is on record, and mail leaves as before.",
  },
  {
    name: "part-granted-taken-for-all",
    file: "shared/domain/sending/share-out.ts",
    find: "(room.get(provider) ?? 0) >= recipients);",
    replace: "(room.get(provider) ?? 0) > 0);",
    why: "A mail with three recipients leaves on room for one.",
  },
  {
    name: "units-of-an-unknown-call-released",
    file: dispatchBatch,
    find: 'kind !== "accepted" && kind !== "unknown"',
    replace: 'kind !== "accepted"',
    why: "SES may have taken the mail, and its units are spent once more.",
  },
  {
    name: "released-twice",
    file: dispatchBatch,
    find: "  await releaseUnspent(ports, [...choice.unspent, ...unsent(results)]);",
    replace: "  for (const _ of [1, 2]) await releaseUnspent(ports, [...choice.unspent, ...unsent(results)]);",
    why: "Units that others use are given back.",
  },
  {
    name: "never-released",
    file: dispatchBatch,
    find: "  await releaseUnspent(ports, [...choice.unspent, ...unsent(results)]);",
    replace: "",
    why: "What was reserved and not sent is lost to the day, and nobody is told.",
  },
  {
    name: "sent-before-it-is-reserved",
    file: "shared/app/dispatch/try-route.ts",
    find: "return { key, reservation: await allowances.reserve(key, recipients) };",
    replace:
      'void allowances.reserve(key, recipients);\n      return { key, reservation: { kind: "granted", recipients, epoch: 1 } };',
    why: "Mail leaves while its reservation is still under way, and may be refused.",
  },
  {
    name: "day-read-twice",
    file: "shared/app/dispatch/send-routed.ts",
    find: "tagsOf(batch, mail));",
    replace: "tagsOf({ ...batch, day: new Date(clock.nowMs()).toISOString().slice(0, 10) }, mail));",
    why: "At midnight a mail is reserved on one day and counted on the next.",
  },
  {
    name: "shared-although-forbidden",
    file: "shared/domain/routing/route.ts",
    find: "if (stream.sharedAllowed) routes",
    replace: "if (stream.name !== stream.pool) routes",
    why: "Mail for listed senders only leaves by SES's shared IPs.",
  },
  {
    name: "overflow-by-others-warming-ips",
    file: "shared/domain/routing/route.ts",
    find: 'routes.push(dedicatedRoute(pool.name, "established"));',
    replace: 'routes.push(dedicatedRoute(pool.name, "warming"), dedicatedRoute(pool.name, "established"));',
    why: "Overflow of one pool spends what another pool's warm-up needs.",
  },
  {
    name: "identity-not-checked",
    file: "shared/app/dispatch/admit.ts",
    find: "if (!mayUse(stream, record.message.email.FromEmailAddress)) {",
    replace: "if (record.message.email.FromEmailAddress === undefined) {",
    why: "Mail leaves in the name of somebody else.",
  },
];
