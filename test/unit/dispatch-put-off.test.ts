import { describe, expect, test } from "vitest";
import { allowanceAt, aRecord, aStream, minuteMs, putOff, settingsFor } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

const hourMs = 60 * minuteMs;
const back = { parked: true };

/** A dispatcher with the streams `news` and `alerts`, whose sender puts mail off by its id. */
function puttingOff(...ids: readonly string[]): TestDispatcher {
  const dispatcher = new TestDispatcher();
  dispatcher.settings = settingsFor([aStream({ pool: undefined }), aStream({ name: "alerts", pool: undefined })]);
  const send = dispatcher.sender.send.bind(dispatcher.sender);
  dispatcher.sender.send = async (route, email, tags) => {
    const answer = await send(route, email, tags);
    return ids.includes(tags["sw-message"] ?? "") ? putOff({ mayBeRoutes: true }) : answer;
  };
  return dispatcher;
}

const openScopes = async ({ recentCircuits }: TestDispatcher) => [...(await recentCircuits.openNow()).keys()];

describe("a message that SES puts off", () => {
  test("is set aside alone: the rest of its batch leaves, and nothing is stopped", async () => {
    const dispatcher = puttingOff("bad");
    expect(await dispatcher.dispatch(aRecord({ id: "bad" }), aRecord({ id: "good" }))).toMatchObject([
      { kind: "parked", because: "ses-put-off" },
      { kind: "sent", route: "shared" },
    ]);
    expect(await openScopes(dispatcher)).toEqual([]);
  });

  test("gives its allowance back", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.allowances.grant(allowanceAt("gmail"), 5);
    dispatcher.sender.answer(putOff());
    await dispatcher.dispatch(aRecord());
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(0);
  });

  test("is tried again later and later for three days, told once, and then set aside with what was found", async () => {
    const dispatcher = puttingOff("bad");
    const triedAtHours: number[] = [];
    const startMs = dispatcher.clock.nowMs();
    dispatcher.sender.whileSending = () => void triedAtHours.push((dispatcher.clock.nowMs() - startMs) / hourMs);
    for (let quarter = 0; quarter < 4 * 24 * 5 && dispatcher.quarantine.kept.length === 0; quarter += 1) {
      await dispatcher.dispatch(aRecord({ id: "bad" }, quarter === 0 ? {} : back));
      dispatcher.clock.advance(15 * minuteMs);
    }
    expect(triedAtHours.map(Math.round)).toEqual([0, 1, 1, 3, 5, 9, 17, 30, 42, 54, 66, 79]);
    expect(dispatcher.log.of("SES_PUT_OFF")).toHaveLength(1);
    expect(dispatcher.quarantine.kept).toMatchObject([{ reason: { code: "refused-by-ses", sentence: "Look it up." } }]);
  });

  test("leaves by itself once it is put right", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.answer(putOff());
    await dispatcher.dispatch(aRecord());
    expect(await dispatcher.kinds(aRecord({}, back))).toEqual(["parked"]);
    dispatcher.clock.advance(20 * minuteMs);
    expect(await dispatcher.kinds(aRecord({}, back))).toEqual(["sent"]);
  });
});

describe("messages that SES puts off without a word on why", () => {
  test("stop their configuration set when two that differ in stream are refused alike", async () => {
    const dispatcher = puttingOff("one", "two");
    const outcomes = await dispatcher.dispatch(aRecord({ id: "one" }), aRecord({ id: "two", stream: "alerts" }));
    expect(outcomes).toMatchObject(Array(2).fill({ kind: "parked", because: "ses-misconfigured" }));
    expect(await openScopes(dispatcher)).toEqual(["shared"]);
  });

  test("stop it also when they come in two batches, and differ in their sender", async () => {
    const dispatcher = puttingOff("one", "two");
    await dispatcher.dispatch(aRecord({ id: "one" }));
    await dispatcher.dispatch(aRecord({ id: "two", email: { FromEmailAddress: "letters@example.com" } }));
    expect(await openScopes(dispatcher)).toEqual(["shared"]);
  });

  test.each([
    ["are the same message", aRecord({ id: "one" }, back)],
    ["have stream and sender in common", aRecord({ id: "two" })],
  ])("stop nothing when they %s", async (_, second) => {
    const dispatcher = puttingOff("one", "two");
    await dispatcher.dispatch(aRecord({ id: "one" }));
    dispatcher.clock.advance(20 * minuteMs);
    await dispatcher.dispatch(second);
    expect(await openScopes(dispatcher)).toEqual([]);
  });

  test("stop nothing when the set has taken mail in between, or beside them", async () => {
    const dispatcher = puttingOff("one", "two", "three");
    await dispatcher.dispatch(aRecord({ id: "one" }));
    await dispatcher.dispatch(aRecord({ id: "good" }));
    await dispatcher.dispatch(aRecord({ id: "two", stream: "alerts" }), aRecord({ id: "good-2" }));
    await dispatcher.dispatch(aRecord({ id: "three" }));
    expect(await openScopes(dispatcher)).toEqual([]);
  });

  test("stop nothing when SES's errors differ", async () => {
    const dispatcher = new TestDispatcher({ pool: undefined });
    dispatcher.sender.answer(putOff({ mayBeRoutes: true }), putOff({ mayBeRoutes: true, error: "Other" }));
    await dispatcher.dispatch(aRecord({ id: "a" }), aRecord({ id: "b", email: { FromEmailAddress: "x@example.com" } }));
    expect(await openScopes(dispatcher)).toEqual([]);
  });

  test("stop one configuration set, never another", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.allowances.grant(allowanceAt("gmail"), 1);
    dispatcher.sender.answer(putOff({ mayBeRoutes: true }), putOff({ mayBeRoutes: true }));
    await dispatcher.dispatch(aRecord({ id: "a" }), aRecord({ id: "b", email: { FromEmailAddress: "x@example.com" } }));
    expect(dispatcher.sender.sent).toEqual(["ann@gmail.com news-warming", "ann@gmail.com shared"]);
    expect(await openScopes(dispatcher)).toEqual([]);
  });
});

test("six hundred good messages leave beside one a minute that SES puts off", async () => {
  const dispatcher = puttingOff(...Array.from({ length: 60 }, (_, minute) => `bad-${minute}`));
  let sent = 0;
  for (let minute = 0; minute < 60; minute += 1) {
    const good = Array.from({ length: 10 }, (_, index) =>
      aRecord({ id: `good-${minute}-${index}`, stream: index % 2 ? "news" : "alerts" }),
    );
    const bad = aRecord({ id: `bad-${minute}`, stream: minute % 2 ? "news" : "alerts" });
    sent += (await dispatcher.kinds(bad, ...good)).filter((kind) => kind === "sent").length;
    dispatcher.clock.advance(minuteMs);
  }
  expect(sent).toBe(600);
  expect(dispatcher.log.of("SES_PUT_OFF")).toHaveLength(60);
  expect(dispatcher.log.of("CIRCUIT_OPENED")).toEqual([]);
});
