import { describe, expect, test } from "vitest";
import { allowanceAt, aRecord, recordsTo, stopped } from "../support/builders.ts";
import { down, TestDispatcher } from "../support/dispatcher.ts";

const two = () => recordsTo(["a@gmail.com", "b@gmail.com"]);
const claimedBatch = "batch000000000000001";

describe("the receipt", () => {
  test("is written although nothing was sent", async () => {
    const dispatcher = new TestDispatcher({ whenFull: "hold" });
    await dispatcher.dispatch(aRecord());
    expect(dispatcher.receipts.all).toEqual([{ batch: claimedBatch, sent: [], unknown: [] }]);
  });

  test("is not written for a batch that claimed nothing and was refused every claim", async () => {
    const dispatcher = new TestDispatcher();
    await dispatcher.dispatch(aRecord());
    await dispatcher.dispatch(aRecord());
    expect(dispatcher.receipts.all).toHaveLength(1);
  });

  test("is written when the only claim got no answer: the claim may be in force, and nothing was sent", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.instead = {
      claims: {
        takeOver: down,
        claim: async (id, claim, nowMs) => {
          await dispatcher.claims.claim(id, claim, nowMs);
          return down();
        },
      },
    };
    expect(await dispatcher.kinds(aRecord())).toEqual(["again"]);
    expect(dispatcher.receipts.all).toEqual([{ batch: claimedBatch, sent: [], unknown: [] }]);
  });

  test("is written when reserving throws", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.instead = { allowances: { reserve: down, release: down } };
    await dispatcher.dispatch(aRecord()).catch(() => undefined);
    expect(dispatcher.receipts.all).toEqual([{ batch: claimedBatch, sent: [], unknown: [] }]);
  });

  test("lists what was sent although a later call throws", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.answer({ kind: "accepted" }, new Error("bug in the sender"));
    await dispatcher.dispatch(...two()).catch(() => undefined);
    expect(dispatcher.receipts.all).toMatchObject([{ sent: [0] }]);
  });

  test("lists a call that threw as unknown: nobody knows whether SES took it", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.answer(new Error("bug in the sender"));
    await dispatcher.dispatch(aRecord()).catch(() => undefined);
    expect(dispatcher.receipts.all).toMatchObject([{ sent: [], unknown: [0] }]);
  });

  test("that cannot be written still answers sent, and is logged", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.instead = { receipts: { put: down, get: (batch) => dispatcher.receipts.get(batch) } };
    expect(await dispatcher.kinds(...two())).toEqual(["sent", "sent"]);
    expect(dispatcher.log.of("RECEIPT_FAILED")).toHaveLength(1);
  });

  test("is written after the last call has ended and before the units are given back", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.allowances.grant(allowanceAt("gmail"), 10);
    dispatcher.sender.answer({ kind: "refused", sentence: "no" });
    const order: string[] = [];
    dispatcher.sender.whileSending = () => void order.push("call");
    dispatcher.instead = {
      receipts: { get: (batch) => dispatcher.receipts.get(batch), put: async () => void order.push("receipt") },
      allowances: {
        reserve: (of, demand) => dispatcher.allowances.reserve(of, demand),
        release: async () => void order.push("give back"),
      },
    };
    await dispatcher.dispatch(...two());
    expect(order).toEqual(["call", "call", "receipt", "give back"]);
  });
});

describe("a reservation without an answer", () => {
  function reservationLost(): TestDispatcher {
    const dispatcher = new TestDispatcher();
    dispatcher.allowances.grant(allowanceAt("gmail"), 10);
    dispatcher.allowances.grant(allowanceAt("yahoo"), 10);
    dispatcher.allowances.grant(allowanceAt("t-online"), 10);
    dispatcher.allowances.loseNextReply();
    return dispatcher;
  }

  test("is never spent: its mail goes back and leaves by no other route", async () => {
    const dispatcher = reservationLost();
    expect(await dispatcher.dispatch(aRecord())).toMatchObject([{ kind: "again", because: "reservation-unknown" }]);
    expect(dispatcher.sender.calls).toEqual([]);
  });

  test("stays used", async () => {
    const dispatcher = reservationLost();
    await dispatcher.dispatch(aRecord());
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(1);
  });

  test("concerns the providers reserved at together, and no others", async () => {
    const dispatcher = reservationLost();
    const outcomes = await dispatcher.kinds(...recordsTo(["a@gmail.com", "b@yahoo.com", "c@t-online.de"]));
    expect(outcomes).toEqual(["again", "again", "sent"]);
  });

  test("gives back what a message to several providers got at the others", async () => {
    const dispatcher = reservationLost();
    await dispatcher.dispatch(aRecord({ to: ["a@gmail.com", "b@t-online.de"] }));
    expect(dispatcher.allowances.of(allowanceAt("t-online"))?.used).toBe(0);
  });

  test("leaves mail that the next batch sends", async () => {
    const dispatcher = reservationLost();
    await dispatcher.dispatch(aRecord());
    expect(await dispatcher.kinds(aRecord())).toEqual(["sent"]);
  });
});

describe("a store that fails", () => {
  test("for quarantine sends the record back", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.instead = { quarantine: { keep: down } };
    expect(await dispatcher.kinds(aRecord({ id: "a", stream: "nws" }), aRecord({ id: "b" }))).toEqual([
      "again",
      "sent",
    ]);
  });

  test("for held mail sends the record back", async () => {
    const dispatcher = new TestDispatcher({ whenFull: "hold" });
    dispatcher.held.hold = down;
    expect(await dispatcher.kinds(aRecord())).toEqual(["again"]);
  });

  test("for parking sends the record back, and its copy that was provably not sent is sent", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.answer(stopped());
    dispatcher.instead = { parking: { park: down } };
    expect(await dispatcher.kinds(aRecord())).toEqual(["again"]);
    dispatcher.clock.advance(15 * 60_000);
    expect(await dispatcher.kinds(aRecord())).toEqual(["sent"]);
  });

  test("while units are given back leaves them used and is logged", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.allowances.grant(allowanceAt("gmail"), 10);
    dispatcher.sender.answer({ kind: "refused", sentence: "no" });
    dispatcher.instead = {
      allowances: { release: down, reserve: (of, demand) => dispatcher.allowances.reserve(of, demand) },
    };
    expect(await dispatcher.kinds(...two())).toEqual(["quarantined", "sent"]);
    expect(dispatcher.log.of("ALLOWANCE_NOT_RELEASED")).toHaveLength(1);
  });
});

test("no line of the log holds an address, a subject or a business id", async () => {
  const dispatcher = new TestDispatcher({ whenFull: "hold" });
  dispatcher.sender.answer({ kind: "unknown" }, { kind: "refused", sentence: "no" });
  dispatcher.allowances.grant(allowanceAt("gmail"), 2);
  await dispatcher.dispatch(
    aRecord({ id: "order-bad", stream: "nws" }),
    ...recordsTo(["a@gmail.com", "b@gmail.com", "c@gmail.com"]),
  );
  expect(dispatcher.log.lines.length).toBeGreaterThan(0);
  expect(JSON.stringify(dispatcher.log.lines)).not.toMatch(/@|Hello|order-/);
});
