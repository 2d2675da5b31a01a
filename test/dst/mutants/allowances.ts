// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of source files
import type { Mutant } from "./mutant.ts";

const store = "shared/adapters/dynamo/allowance-store.ts";
const shares = "shared/adapters/dynamo/allowance-shares.ts";
const dispatchBatch = "shared/app/dispatch/dispatch-batch.ts";

/** Bugs of reservations, releases and routes. */
export const allowanceMutants: readonly Mutant[] = [
  {
    name: "counters-with-default-retries",
    file: "shared/adapters/clients.ts",
    find: "new DynamoDBClient({ maxAttempts: 1, ",
    replace: "new DynamoDBClient({ ",
    why: "A release whose answer is lost is made twice.",
  },
  {
    name: "epoch-left-out-of-the-reservation",
    file: shares,
    find: "[hasRoom(index), sameEpoch(index)]",
    replace: "[hasRoom(index)]",
    why: "Whoever still believes in the old limit reserves by it after it was lowered.",
  },
  {
    name: "room-left-out-of-the-reservation",
    file: shares,
    find: "[hasRoom(index), sameEpoch(index)]",
    replace: "[sameEpoch(index)]",
    why: "Two that saw the same room both take it.",
  },
  {
    name: "guard-left-out-of-the-reservation",
    file: shares,
    find: "sameEpoch(index)]), unguarded]",
    replace: "sameEpoch(index)])]",
    why: "A reservation whose answer was lost is taken a second time, and nobody uses it.",
  },
  {
    name: "only-the-first-provider-checked",
    file: shares,
    find: "...each.flatMap(({ index }) => [hasRoom",
    replace: "...each.slice(0, 1).flatMap(({ index }) => [hasRoom",
    why: "Of the providers reserved at together, all but one pass their limits.",
  },
  {
    name: "unknown-reservation-spent",
    file: store,
    find: '(taken === "unknown" ? unknown : granted(share))',
    replace: "granted(share)",
    why: "Mail leaves on units that may never have been reserved.",
  },
  {
    name: "no-allowance-means-unlimited",
    file: store,
    find: '(_, because) => ({ kind: "none", because })',
    replace:
      '(provider, because) => because === "no-allowance" ? granted({ recipients: demand.get(provider) ?? 0, most: 0, epoch: 0, short: undefined }) : { kind: "none", because }',
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
    find: "([provider, recipients]) => (room.get(provider) ?? 0) < recipients);",
    replace: "([provider]) => (room.get(provider) ?? 0) === 0);",
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
    find: "const reserved = await allowances.reserve(of, demandByProvider(messages.map(({ work }) => work)));",
    replace: [
      "const demand = demandByProvider(messages.map(({ work }) => work));",
      "void allowances.reserve(of, demand);",
      'const whole = (recipients: number): Reservation => ({ kind: "granted", recipients, epoch: 1 });',
      "const reserved = new Map([...demand].map(([provider, recipients]) => [provider, whole(recipients)]));",
    ].join("\n"),
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
    find: ".find(({ address }) => !mayUse(stream, address))",
    replace: '.find(({ address }) => address === "")',
    why: "Mail leaves in the name of somebody else.",
  },
  {
    name: "raw-senders-not-checked",
    file: "shared/contracts/email-request.ts",
    find: "const inHeaders = Content.Raw?.mail.senders ?? [];",
    replace: "const inHeaders = (Content.Raw?.mail.senders ?? []).slice(0, 0);",
    why: "Raw mail names a sender in its headers that the stream may not use.",
  },
];
