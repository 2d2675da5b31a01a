import fc from "fast-check";
import { expect, test } from "vitest";
import type { BrakeStep } from "../../shared/domain/brakes/brake.ts";
import { wallLevels } from "../../shared/domain/quality/wall.ts";
import { poolChoiceOf } from "../../shared/domain/routing/choose-pool.ts";
import type { Pool } from "../../shared/domain/routing/pool.ts";
import type { PoolRule } from "../../shared/domain/routing/pool-rule.ts";
import type { DedicatedRouteKind } from "../../shared/domain/routing/route.ts";
import { circuitAt } from "../../shared/domain/sending/circuit.ts";
import type { CircuitScope } from "../../shared/domain/sending/circuit-scope.ts";
import type { Pace } from "../../shared/domain/sending/pace.ts";
import type { HeldMessage } from "../../shared/ports/held-mail.ts";
import { allowanceAt, aPool, aRecord, aStream, minuteMs, noonMs, settingsFor } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

const poolNames = ["a", "b", "c"];
const streamNames = ["s", "t"];
const providers = ["gmail", "yahoo", "other"] as const;
const domains = { gmail: "gmail.com", yahoo: "yahoo.com", other: "example.org" };
const senders = ["news@example.com", "offers@example.com"];
const routes: readonly DedicatedRouteKind[] = ["warming", "established"];
const sets = [...poolNames.flatMap((pool) => routes.map((route) => `${pool}-${route}`)), "shared"];

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const somePool = maybe(fc.constantFrom(...poolNames));

const someRule: fc.Arbitrary<PoolRule> = fc.record({
  when: fc.oneof(
    fc.record({ from: fc.constantFrom(...senders).map((each) => [each]) }),
    fc.record({ providers: fc.constantFrom(...providers).map((each) => new Set([each])) }),
  ),
  pool: somePool,
});
const someStream = fc.record({
  pool: somePool,
  poolRules: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(someRule, { maxLength: 2 })),
  sharedAllowed: fc.boolean(),
  whenFull: fc.constantFrom("hold" as const, "overflow" as const),
  longestHoldMs: fc.constantFrom(30, 90, 720).map((minutes) => minutes * minuteMs),
  referenceShare: fc.constantFrom(0, 0, 0.5),
});
const someStreams = fc.tuple(someStream, someStream);
/** Overflow goes one way round, as the configuration makes sure. */
const somePools = fc
  .tuple(maybe(fc.constantFrom("b", "c")), maybe(fc.constant("c")))
  .map(([fromA, fromB]): Pool[] => [
    aPool({ name: "a", overflowTo: fromA }),
    aPool({ name: "b", overflowTo: fromB }),
    aPool({ name: "c" }),
  ]);

const someWalls = fc.tuple(...streamNames.map(() => maybe(fc.constantFrom(...wallLevels))));
const someScope: fc.Arbitrary<CircuitScope> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...sets).map((name) => ({ kind: "configuration-set" as const, name })) },
  { weight: 2, arbitrary: fc.constantFrom(...senders).map((name) => ({ kind: "identity" as const, name })) },
  { weight: 1, arbitrary: fc.constant({ kind: "account" as const }) },
);
const someAllowance = fc.record({
  pool: fc.constantFrom(...poolNames),
  route: fc.constantFrom(...routes),
  provider: fc.constantFrom(...providers),
  limit: fc.integer({ min: 0, max: 12 }),
  used: fc.integer({ min: 0, max: 6 }),
  pace: fc.constantFrom<Pace>("open", "open", "paced", "probing"),
  step: maybe(fc.constantFrom<BrakeStep>("slow", "stop")),
});
const someMail = fc.record({
  stream: fc.constantFrom(...streamNames),
  from: fc.constantFrom(...senders),
  to: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...providers).map((each) => [each]) },
    fc.array(fc.constantFrom(...providers), { minLength: 1, maxLength: 4 }),
  ),
  engagedMinutesAgo: maybe(fc.integer({ min: 1, max: 9 })),
  enqueuedMinutesAgo: fc.constantFrom(0, 0, 20, 80),
  sendAfterMinutesAgo: maybe(fc.constantFrom(0, 10)),
  sendBeforeInMinutes: maybe(fc.constantFrom(20, 300)),
});
type SomeMail = typeof someMail extends fc.Arbitrary<infer Mail> ? Mail : never;

const someSituation = fc.record({
  streams: someStreams,
  pools: somePools,
  walls: someWalls,
  circuits: fc.array(someScope, { maxLength: 2 }),
  allowances: fc.array(someAllowance, { maxLength: 8 }),
});
type Situation = typeof someSituation extends fc.Arbitrary<infer Found> ? Found : never;

/** Part of what was so before is so again: most of a configuration stays as it is. */
const someHistory = fc.record({
  before: someSituation,
  after: someSituation,
  changes: fc.record({ streams: fc.boolean(), pools: fc.boolean() }),
  mails: fc.array(someMail, { minLength: 1, maxLength: 12 }),
  laterMinutes: fc.constantFrom(5, 40, 200),
});

const at = (ms: number) => new Date(ms).toISOString();

function recordOf(mail: SomeMail, index: number) {
  const { engagedMinutesAgo: engaged, sendAfterMinutesAgo: after, sendBeforeInMinutes: before } = mail;
  return aRecord(
    {
      id: `order-${index}`,
      stream: mail.stream,
      to: mail.to.map((provider, position) => `to-${position}@${domains[provider]}`),
      email: { FromEmailAddress: mail.from },
      ...(engaged !== undefined && { engagement: { lastEngagedAt: at(noonMs - engaged * minuteMs) } }),
      ...(after !== undefined && { sendAfter: at(noonMs - after * minuteMs) }),
      ...(before !== undefined && { sendBefore: at(noonMs + before * minuteMs) }),
    },
    { enqueuedAtMs: noonMs - mail.enqueuedMinutesAgo * minuteMs },
  );
}

async function comeAbout(dispatcher: TestDispatcher, { streams, pools, walls, circuits, allowances }: Situation) {
  const { clock } = dispatcher;
  dispatcher.settings = settingsFor(
    streams.map((stream, index) => aStream({ ...stream, name: streamNames[index] ?? "" })),
    pools,
  );
  for (const [index, level] of walls.entries()) {
    const stream = streamNames[index] ?? "";
    if (level === undefined) dispatcher.walls.fall(stream);
    else dispatcher.walls.raise(level, { stream });
  }
  for (const scope of circuits) await dispatcher.circuits.open(circuitAt(scope, "ses-misconfigured", clock.nowMs()));
  dispatcher.allowances.nowMs = clock.nowMs();
  for (const { pool, route, provider, limit, used, pace, step } of allowances) {
    const times = { sinceMs: clock.nowMs() - 9 * minuteMs, untilMs: clock.nowMs() + 60 * minuteMs };
    const brake = step === undefined ? undefined : { step, trickles: true, floor: used, ...times };
    dispatcher.allowances.grant(allowanceAt(provider, route, pool), limit, used, { pace, brake });
  }
}

/** What release made of mail that the dispatcher held, and what the dispatcher then makes of all of it, one after the other. */
async function play({
  before,
  after,
  changes,
  mails,
  laterMinutes,
}: typeof someHistory extends fc.Arbitrary<infer H> ? H : never) {
  const dispatcher = new TestDispatcher();
  await comeAbout(dispatcher, before);
  const records = new Map(mails.map(recordOf).map((record) => [record.message.id, record]));
  for (const record of records.values()) await dispatcher.dispatch(record);
  dispatcher.clock.advance(laterMinutes * minuteMs);
  await comeAbout(dispatcher, {
    ...after,
    streams: changes.streams ? after.streams : before.streams,
    pools: changes.pools ? after.pools : before.pools,
  });
  const held = [...dispatcher.held.all];
  const dispatchAgain = async (message: HeldMessage, name: string) => {
    const record = records.get(message.id);
    if (record === undefined) throw new Error(`${message.id} was never enqueued`);
    const [outcome] = await dispatcher.dispatch({ ...record, recordId: `${name}-${message.id}` });
    return { message, outcome };
  };
  const left = [];
  // Pool after pool: where two want the same room, either may have it.
  for (const pool of await dispatcher.held.pools()) {
    dispatcher.held.pools = async () => [pool];
    const released = (await dispatcher.release()).map((body) => found(held, JSON.parse(body).id));
    // Mail that may have another pool now goes back to be decided anew, by whatever room: nobody knows it before.
    const [known, anew] = [true, false].map((is) => released.filter((each) => isAsBefore(dispatcher, each) === is));
    for (const message of [...(known ?? []), ...(anew ?? [])]) left.push(await dispatchAgain(message, "released"));
  }
  const stayed = [];
  for (const message of held) {
    if (!left.some((each) => each.message.id === message.id)) stayed.push(await dispatchAgain(message, "stayed"));
  }
  return { dispatcher, left, stayed };
}

function found(held: readonly HeldMessage[], id: string): HeldMessage {
  const message = held.find((each) => each.id === id);
  if (message === undefined) throw new Error(`${id} was released though it was not held`);
  return message;
}

/** Goes back in any case: its time has come, or its stream may give it another pool. */
function goesAnyway(dispatcher: TestDispatcher, message: HeldMessage): boolean {
  return message.untilMs <= dispatcher.clock.nowMs() || !isAsBefore(dispatcher, message);
}

function isAsBefore({ settings }: TestDispatcher, { stream, routing }: HeldMessage): boolean {
  const configured = settings.streams.get(stream);
  return configured !== undefined && routing?.poolChoice === poolChoiceOf(configured);
}

const runs = { numRuns: 2_500 };

test("release puts back what the dispatcher then sends, and leaves what it would hold again", async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(someHistory, async (history) => {
      const { dispatcher, left, stayed } = await play(history);
      for (const { message, outcome } of left) {
        if (!goesAnyway(dispatcher, message)) expect(outcome?.kind).toBe("sent");
        sent += Number(outcome?.kind === "sent");
      }
      for (const { outcome } of stayed) expect(["held", "parked"]).toContain(outcome?.kind);
    }),
    runs,
  );
  expect(sent).toBeGreaterThan(300);
});

/** Two messages that may take the same routes at any time; only the order decides between them. */
function isLikeAs(one: HeldMessage, other: HeldMessage): boolean {
  const key = ({ stream, pool, demand, enqueuedAtMs, routing }: HeldMessage): string =>
    JSON.stringify([stream, pool, [...demand], enqueuedAtMs, routing]);
  return key(one) === key(other);
}

test("of mail that may take the same routes the best leaves first", async () => {
  await fc.assert(
    fc.asyncProperty(someHistory, async (history) => {
      const [first, second] = history.before.streams;
      const noSamples = (stream: typeof first) => ({ ...stream, referenceShare: 0 });
      const before = {
        ...history.before,
        streams: [noSamples(first), noSamples(second)] as [typeof first, typeof first],
      };
      const played = await play({ ...history, before, changes: { ...history.changes, streams: false } });
      const left = played.left.filter(({ message }) => !goesAnyway(played.dispatcher, message));
      for (const { message: gone } of left) {
        const better = played.stayed.filter(
          ({ message }) => isLikeAs(message, gone) && message.priority > gone.priority,
        );
        expect(better).toEqual([]);
      }
    }),
    { numRuns: 1_500 },
  );
});
