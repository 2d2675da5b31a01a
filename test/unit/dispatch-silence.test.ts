import { beforeEach, describe, expect, test } from "vitest";
import { RecentCircuits } from "../../shared/app/dispatch/recent-circuits.ts";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import { isInForce } from "../../shared/domain/sending/circuit.ts";
import { allowanceAt, aRecord, minuteMs, noonMs, stopped } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

const unknown = { kind: "unknown" } as const;
const parkedAgain = { parked: true };

let dispatcher: TestDispatcher;

/** A deployment that SES answers nothing. */
function silent(stream: Partial<Stream> = {}): TestDispatcher {
  dispatcher = new TestDispatcher(stream);
  dispatcher.sender.otherwise = unknown;
  return dispatcher;
}

const several = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => aRecord({ id: `m${from + index}` }));
const calls = () => dispatcher.sender.calls.length;
const isStopped = async () => (await dispatcher.recentCircuits.openNow()).get("*")?.reason === "ses-silent";
const used = () => dispatcher.allowances.of(allowanceAt("gmail"))?.used;

/** Another instance of the dispatcher, with a memory of its own. */
function another(): TestDispatcher {
  const { circuits, clock, log } = dispatcher;
  dispatcher.instead = { circuits: new RecentCircuits({ circuits, clock, log }) };
  return dispatcher;
}

describe("calls in a row without an answer", () => {
  test("end the calls of their batch after three; what was not called is provably not sent", async () => {
    silent().allowances.grant(allowanceAt("gmail"), 10);
    const outcomes = await dispatcher.dispatch(...several(6));
    expect(outcomes.map((outcome) => outcome.kind === "parked" && outcome.because)).toEqual([
      ...Array(3).fill("outcome-unknown"),
      ...Array(3).fill("ses-silent"),
    ]);
    expect(dispatcher.receipts.all).toMatchObject([{ sent: [], unknown: [0, 1, 2], silent: true }]);
    expect(used()).toBe(3);
    dispatcher.sender.otherwise = { kind: "accepted" };
    dispatcher.clock.advance(minuteMs);
    expect(await dispatcher.kinds(aRecord({ id: "m5" }, parkedAgain))).toEqual(["sent"]);
  });

  test("stop all mail of the deployment before its claim", async () => {
    await silent().dispatch(...several(3));
    expect(await dispatcher.dispatch(aRecord({ id: "next" }))).toMatchObject([{ because: "ses-silent" }]);
    expect(calls()).toBe(3);
    expect(dispatcher.claims.of("next")).toBeUndefined();
  });

  test("count over all instances and batches", async () => {
    silent();
    for (let batch = 0; batch < 3; batch += 1) {
      expect(await isStopped()).toBe(false);
      await another().dispatch(aRecord({ id: `m${batch}` }));
    }
    expect((await dispatcher.circuits.read()).circuits.some((each) => isInForce(each, noonMs))).toBe(true);
  });

  test("are none of a silence when any answer comes between them, also a refusal", async () => {
    dispatcher = new TestDispatcher();
    const refused = { kind: "refused", sentence: "no" } as const;
    dispatcher.sender.answer(unknown, unknown, refused, unknown, { kind: "throttled" }, unknown, unknown);
    await dispatcher.dispatch(...several(6));
    expect(await isStopped()).toBe(false);
    expect(dispatcher.receipts.all[0]).not.toHaveProperty("silent");
  });

  test("are forgotten by all once mail is accepted", async () => {
    dispatcher = new TestDispatcher();
    dispatcher.sender.answer(unknown, unknown, { kind: "accepted" }, unknown, unknown);
    await dispatcher.dispatch(...several(2));
    await another().dispatch(...several(1, 2));
    await another().dispatch(...several(2, 3));
    expect((await dispatcher.circuits.read()).unanswered).toBe(2);
    expect((await dispatcher.circuits.read()).circuits).toEqual([]);
  });

  test("cost nothing on record while every call is answered", async () => {
    dispatcher = new TestDispatcher();
    let written = 0;
    dispatcher.circuits.countUnanswered = async () => (written += 1);
    await dispatcher.dispatch(...several(5));
    expect(written).toBe(0);
  });
});

describe("a silence that may be over", () => {
  beforeEach(async () => {
    await silent().dispatch(...several(3));
    dispatcher.clock.advance(15_000);
  });

  test("is asked about by one message; all others wait", async () => {
    const kinds = await dispatcher.dispatch(...several(4, 10));
    expect(calls()).toBe(4);
    expect(kinds).toMatchObject([{ because: "outcome-unknown" }, ...Array(3).fill({ because: "ses-silent" })]);
  });

  test("is asked about by one instance of many", async () => {
    const instances = Array.from({ length: 7 }, () => {
      const { circuits, clock, log } = dispatcher;
      return new RecentCircuits({ circuits, clock, log });
    });
    const read = await Promise.all(instances.map(async (each) => (await each.openNow()).get("*")!));
    const won = await Promise.all(instances.map((each, index) => each.probe(read[index]!)));
    expect(won.filter((each) => each !== undefined)).toHaveLength(1);
  });

  test("is asked about by a fresh message rather than by one that may have been sent", async () => {
    await dispatcher.dispatch(aRecord({ id: "back" }, parkedAgain), aRecord({ id: "fresh" }));
    expect(dispatcher.sender.calls.at(-1)?.tags["sw-message"]).toBe("fresh");
  });

  test("goes on when the one is not answered either: asked once a minute, however long it lasts", async () => {
    const before = calls();
    for (let second = 0; second < 3_600; second += 5) {
      await dispatcher.dispatch(aRecord({ id: `s${second}` }));
      dispatcher.clock.advance(5_000);
    }
    expect(calls() - before).toBeGreaterThan(50);
    expect(calls() - before).toBeLessThanOrEqual(63);
    expect(dispatcher.quarantine.kept).toEqual([]);
  });

  test("ends for all with one accepted mail", async () => {
    dispatcher.sender.otherwise = { kind: "accepted" };
    await dispatcher.dispatch(...several(2, 10));
    expect(await another().kinds(...several(3, 20))).toEqual(["sent", "sent", "sent"]);
    expect(dispatcher.log.of("CIRCUIT_CLOSED")).toMatchObject([{ fields: { scope: "account", reason: "ses-silent" } }]);
  });

  test("ends with any answer: what it says counts from then on", async () => {
    dispatcher.sender.otherwise = stopped("ses-paused");
    await dispatcher.dispatch(aRecord({ id: "asks" }));
    expect((await dispatcher.recentCircuits.openNow()).get("*")).toMatchObject({ reason: "ses-paused" });
  });

  test("is asked about again when who asked is never heard of", async () => {
    dispatcher.sender.whileSending = () => Promise.reject(new Error("the worker dies"));
    const { circuits, clock, log } = dispatcher;
    const dead = new RecentCircuits({ circuits, clock, log });
    await dead.probe((await dead.openNow()).get("*")!);
    expect(await another().dispatch(aRecord({ id: "a" }))).toMatchObject([{ because: "ses-silent" }]);
    dispatcher.clock.advance(30_000);
    await dispatcher.dispatch(aRecord({ id: "b" }));
    expect(calls()).toBe(4);
  });

  test("is nothing any more when nobody has asked for ten minutes", async () => {
    dispatcher.clock.advance(10 * minuteMs);
    dispatcher.sender.otherwise = { kind: "accepted" };
    expect(await dispatcher.kinds(...several(2, 10))).toEqual(["sent", "sent"]);
  });
});

describe("a message that is called while SES answers nobody", () => {
  /** Lets a message come back every five minutes. @returns how often it was called */
  async function alone(minutes: number): Promise<number> {
    for (let minute = 0; minute < minutes; minute += 5) {
      await dispatcher.dispatch(aRecord({}, minute === 0 ? {} : parkedAgain));
      dispatcher.clock.advance(5 * minuteMs);
    }
    return calls();
  }

  test.each([5, 15])("is not given up, though it alone asks (wait of %i minutes)", async (minutes) => {
    silent({ unknownWaitMs: minutes * minuteMs });
    expect(await alone(60)).toBeGreaterThanOrEqual(3);
    expect(dispatcher.quarantine.kept).toEqual([]);
    dispatcher.sender.otherwise = { kind: "accepted" };
    await alone(60);
    expect(dispatcher.log.of("UNKNOWN_RESENT").length).toBeLessThanOrEqual(5);
    expect(await dispatcher.dispatch(aRecord({}, parkedAgain))).toEqual([
      { kind: "already-sent", provenBy: "receipt" },
    ]);
  });

  test("waits twice as long for each time, half an hour in the end, so that it is not delivered many times", async () => {
    silent({ unknownWaitMs: 5 * minuteMs });
    expect(await alone(60)).toBeLessThanOrEqual(5);
    expect(await alone(23 * 60)).toBeLessThanOrEqual(5 + 46);
  });

  test("is set aside all the same where its stream wants that", async () => {
    silent({ unknownWaitMs: 5 * minuteMs, onUnknown: "quarantine" });
    expect(await alone(30)).toBe(1);
    expect(dispatcher.quarantine.kept[0]?.reason.code).toBe("outcome-unknown");
  });
});
