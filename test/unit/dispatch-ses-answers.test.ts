import { describe, expect, test } from "vitest";
import { type CircuitScope, setScope } from "../../shared/domain/sending/circuit-scope.ts";
import type { SendAnswer, Stopped } from "../../shared/ports/mail-sender.ts";
import { allowanceAt, aRecord, noonMs, putOff, recordsTo, stopped } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

const three = () => recordsTo(["a@gmail.com", "b@gmail.com", "c@gmail.com"]);

function answering(...answers: SendAnswer[]): TestDispatcher {
  const dispatcher = new TestDispatcher();
  dispatcher.allowances.grant(allowanceAt("gmail"), 10);
  dispatcher.sender.answer(...answers);
  return dispatcher;
}

const used = ({ allowances }: TestDispatcher) => allowances.of(allowanceAt("gmail"))?.used;

describe("accepted", () => {
  test("is sent, by the route it took", async () => {
    expect(await answering().dispatch(aRecord())).toMatchObject([{ kind: "sent", route: "warming" }]);
  });

  test("uses the allowance, and the receipt lists it as sent", async () => {
    const dispatcher = answering();
    await dispatcher.dispatch(...three());
    expect(used(dispatcher)).toBe(3);
    expect(dispatcher.receipts.all).toEqual([{ batch: "batch000000000000001", sent: [0, 1, 2], unknown: [] }]);
  });
});

describe("ses-throttled", () => {
  test("is called again after a pause, under the same claim", async () => {
    const dispatcher = answering({ kind: "throttled" });
    expect(await dispatcher.kinds(aRecord())).toEqual(["sent"]);
    expect(dispatcher.clock.nowMs()).toBe(noonMs + 500);
    expect(dispatcher.sender.calls.map(({ tags }) => tags["sw-id"])).toEqual(Array(2).fill("batch000000000000001-0-1"));
    expect(used(dispatcher)).toBe(1);
    expect(dispatcher.receipts.all).toMatchObject([{ sent: [0], unknown: [] }]);
  });

  test("makes the whole batch pause, each time for twice as long while SES takes nothing", async () => {
    const dispatcher = answering({ kind: "accepted" }, { kind: "throttled" }, { kind: "throttled" });
    const atMs: number[] = [];
    dispatcher.sender.whileSending = () => void atMs.push(dispatcher.clock.nowMs() - noonMs);
    expect(await dispatcher.kinds(...three())).toEqual(["sent", "sent", "sent"]);
    expect(atMs).toEqual([0, 0, 500, 1_500, 1_506]);
  });

  test("goes back with delays spread over some seconds once the batch's time is over", async () => {
    const dispatcher = answering();
    dispatcher.sender.otherwise = { kind: "throttled" };
    expect(await dispatcher.dispatch(...three())).toEqual([
      { kind: "again", because: "ses-throttled", delaySeconds: 2 },
      { kind: "again", because: "send-rate", delaySeconds: 3 },
      { kind: "again", because: "send-rate", delaySeconds: 4 },
    ]);
    expect(dispatcher.sender.calls).toHaveLength(6);
    expect(dispatcher.clock.nowMs()).toBeLessThanOrEqual(noonMs + 17_000);
    expect(used(dispatcher)).toBe(0);
    expect(dispatcher.receipts.all).toMatchObject([{ sent: [], unknown: [] }]);
  });

  test("an unknown end is never called again in its batch", async () => {
    const dispatcher = answering({ kind: "throttled" }, { kind: "unknown" });
    expect(await dispatcher.kinds(aRecord())).toEqual(["parked"]);
    expect(dispatcher.sender.calls).toHaveLength(2);
  });

  test("waits on the parked queue once it has come back several times, where its receive count starts anew", async () => {
    const dispatcher = answering();
    dispatcher.sender.otherwise = { kind: "throttled" };
    const outcomes = await dispatcher.dispatch(
      aRecord({ id: "a" }, { receives: 3 }),
      aRecord({ id: "b" }, { receives: 4 }),
    );
    expect(outcomes).toMatchObject([{ kind: "again" }, { kind: "parked", because: "send-rate" }]);
  });
});

const identity = (name: string): CircuitScope => ({ kind: "identity", name });
const stops: [string, Stopped, number[]][] = [
  ["the quota is spent", stopped("ses-quota"), [300, 301, 302]],
  ["the account is paused", stopped(), [120, 121, 122]],
  ["its configuration set is paused", stopped("ses-paused", setScope("news-warming")), [5, 6, 7]],
  ["its route cannot be used", stopped("ses-misconfigured", setScope("news-warming")), [5, 6, 7]],
  ["its sender is not verified", stopped("ses-misconfigured", identity("news@example.com")), [120, 121, 122]],
];

describe.each(stops)("%s", (_, answer, delays) => {
  test("parks its mail until it may be taken, spread, without burning receive counts", async () => {
    const dispatcher = answering(answer);
    const outcomes = await dispatcher.dispatch(...three());
    expect(outcomes).toMatchObject(Array.from({ length: 3 }, () => ({ kind: "parked", because: answer.reason })));
    expect(dispatcher.parking.messages.map(({ delaySeconds }) => delaySeconds)).toEqual(delays);
  });

  test("ends the calls of its batch", async () => {
    const dispatcher = answering(answer);
    await dispatcher.dispatch(...three());
    expect(dispatcher.sender.calls).toHaveLength(1);
  });

  test("mail that comes back from parking is sent", async () => {
    const dispatcher = answering(answer);
    await dispatcher.dispatch(aRecord());
    dispatcher.clock.advance(15 * 60_000);
    expect(await dispatcher.kinds(aRecord({}, { parked: true }))).toEqual(["sent"]);
  });
});

describe("an answer that holds for one configuration set", () => {
  const setPaused = () => answering(stopped("ses-paused", setScope("news-warming")));

  test("leaves the calls by other routes alone", async () => {
    const dispatcher = setPaused();
    dispatcher.allowances.grant(allowanceAt("gmail"), 2);
    expect(await dispatcher.kinds(...three())).toEqual(["parked", "parked", "sent"]);
    expect(dispatcher.sender.sent).toEqual(["a@gmail.com news-warming", "c@gmail.com shared"]);
  });

  test("stops that set alone for everybody: its mail leaves by the next route within seconds", async () => {
    const dispatcher = setPaused();
    await dispatcher.dispatch(aRecord());
    expect([...(await dispatcher.recentCircuits.openNow()).keys()]).toEqual(["news-warming"]);
    dispatcher.clock.advance(5_000);
    expect(await dispatcher.dispatch(aRecord({}, { parked: true }))).toMatchObject([{ kind: "sent", route: "shared" }]);
  });

  test("a pause of the account ends the calls by every route", async () => {
    const dispatcher = answering(stopped());
    dispatcher.allowances.grant(allowanceAt("gmail"), 2);
    expect(await dispatcher.kinds(...three())).toEqual(["parked", "parked", "parked"]);
  });
});

describe("refused", () => {
  const refused = { kind: "refused", sentence: "SES rejected the content: correct it." } as const;

  test("is quarantined with SES's reason in words, and the rest of the batch is sent", async () => {
    const dispatcher = answering(refused);
    expect(await dispatcher.kinds(...three())).toEqual(["quarantined", "sent", "sent"]);
    expect(dispatcher.quarantine.kept[0]?.reason).toEqual({ code: "refused-by-ses", sentence: refused.sentence });
  });

  test("is on no side of the receipt: it was provably not sent", async () => {
    const dispatcher = answering(refused);
    await dispatcher.dispatch(...three());
    expect(dispatcher.receipts.all).toEqual([{ batch: "batch000000000000001", sent: [1, 2], unknown: [] }]);
  });
});

describe("the units of provably unsent mail", () => {
  test.each([
    { kind: "throttled" },
    { kind: "unreachable" },
    stopped("ses-quota"),
    stopped("ses-misconfigured", setScope("news-warming")),
    putOff(),
    { kind: "refused", sentence: "no" },
  ] satisfies SendAnswer[])("are given back after $kind", async (answer) => {
    const dispatcher = answering();
    dispatcher.sender.otherwise = answer;
    await dispatcher.dispatch(aRecord());
    expect(used(dispatcher)).toBe(0);
  });

  test("are given back for each provider of a message", async () => {
    const dispatcher = answering();
    dispatcher.sender.otherwise = { kind: "throttled" };
    dispatcher.allowances.grant(allowanceAt("yahoo"), 10);
    await dispatcher.dispatch(aRecord({ to: ["a@gmail.com", "b@gmail.com", "c@yahoo.com"] }));
    expect(used(dispatcher)).toBe(0);
    expect(dispatcher.allowances.of(allowanceAt("yahoo"))?.used).toBe(0);
  });

  test("are given back when the limit changed in between", async () => {
    const dispatcher = answering();
    dispatcher.sender.otherwise = { kind: "throttled" };
    dispatcher.sender.whileSending = () => dispatcher.allowances.setLimit(allowanceAt("gmail"), 5);
    await dispatcher.dispatch(aRecord());
    expect(used(dispatcher)).toBe(0);
  });
});

describe("out of time", () => {
  test("starts no call that could outlast the function, and sends the rest back", async () => {
    const dispatcher = answering();
    // 30 s to go, 10 s for a call and 3 s for the receipt: no call starts after 17 s.
    dispatcher.sender.whileSending = () => dispatcher.clock.advance(17_001);
    expect(await dispatcher.dispatch(...three())).toMatchObject([
      { kind: "sent", route: "warming" },
      { kind: "again", because: "out-of-time", delaySeconds: 1 },
      { kind: "again", because: "out-of-time", delaySeconds: 1 },
    ]);
    expect(used(dispatcher)).toBe(1);
  });

  test("starts a call at the last moment that leaves time for it", async () => {
    const dispatcher = answering();
    dispatcher.sender.whileSending = () => dispatcher.clock.advance(17_000);
    expect(await dispatcher.kinds(...three())).toEqual(["sent", "sent", "again"]);
  });

  test("mail that ran out of time is sent by a later batch", async () => {
    const dispatcher = answering();
    dispatcher.sender.whileSending = () => dispatcher.clock.advance(17_001);
    const records = three();
    await dispatcher.dispatch(...records);
    expect(await dispatcher.kinds(records[1]!)).toEqual(["sent"]);
  });
});

test("no more calls are open at once than the settings allow", async () => {
  const dispatcher = answering();
  dispatcher.settings = { ...dispatcher.settings, sendConcurrency: 2 };
  let open = 0;
  let most = 0;
  dispatcher.sender.whileSending = async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
  };
  await dispatcher.dispatch(...recordsTo(["a@gmail.com", "b@gmail.com", "c@gmail.com", "d@gmail.com", "e@gmail.com"]));
  expect(most).toBe(2);
});
