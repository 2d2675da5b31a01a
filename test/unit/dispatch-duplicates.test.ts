import { describe, expect, test } from "vitest";
import { aClaim, allowanceAt, aRecord, claimTimes, noonMs, stopped } from "../support/builders.ts";
import { down, TestDispatcher } from "../support/dispatcher.ts";

const otherContent = { email: { ReplyToAddresses: ["other@example.com"] } };

describe("the same message again", () => {
  test("after it was sent it is a proven duplicate and is dropped", async () => {
    const dispatcher = new TestDispatcher();
    await dispatcher.dispatch(aRecord());
    expect(await dispatcher.dispatch(aRecord())).toEqual([{ kind: "already-sent", provenBy: "receipt" }]);
    expect(dispatcher.sender.calls).toHaveLength(1);
  });

  test("after it was provably not sent it is taken over as the next attempt", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.answer(stopped("ses-misconfigured"));
    await dispatcher.dispatch(aRecord());
    dispatcher.clock.advance(15 * 60_000);
    expect(await dispatcher.kinds(aRecord())).toEqual(["sent"]);
    expect(dispatcher.claims.of("order-1")).toMatchObject({ batch: "batch000000000000002", attempt: 2 });
    expect(dispatcher.sender.calls[1]?.tags["sw-id"]).toBe("batch000000000000002-0-2");
  });

  test("while its owner may be at work it goes back until the owner's deadline", async () => {
    const dispatcher = new TestDispatcher();
    const record = aRecord();
    await dispatcher.claims.claim(
      "order-1",
      aClaim({ deadlineMs: noonMs + 7_500, fingerprint: record.fingerprint }),
      claimTimes,
    );
    expect(await dispatcher.dispatch(record)).toEqual([{ kind: "again", because: "owner-at-work", delaySeconds: 8 }]);
    expect(dispatcher.sender.calls).toEqual([]);
  });

  test("a takeover that somebody else was faster with goes back", async () => {
    const dispatcher = new TestDispatcher();
    const record = aRecord();
    const theirs = aClaim({ fingerprint: record.fingerprint });
    await dispatcher.claims.claim("order-1", theirs, claimTimes);
    await dispatcher.receipts.put({ batch: "earlier", sent: [], unknown: [] });
    const faster = aClaim({
      batch: "faster",
      attempt: 2,
      deadlineMs: noonMs + 30_000,
      fingerprint: record.fingerprint,
    });
    dispatcher.instead = {
      receipts: {
        put: (receipt) => dispatcher.receipts.put(receipt),
        get: async (batch) => {
          await dispatcher.claims.takeOver("order-1", theirs, faster, claimTimes);
          return dispatcher.receipts.get(batch);
        },
      },
    };
    expect(await dispatcher.dispatch(record)).toEqual([
      { kind: "again", because: "claim-contended", delaySeconds: 30 },
    ]);
  });

  test("with other content under the same id it is quarantined", async () => {
    const dispatcher = new TestDispatcher();
    await dispatcher.dispatch(aRecord());
    await dispatcher.dispatch(aRecord(otherContent));
    expect(dispatcher.quarantine.kept.map(({ reason }) => reason.code)).toEqual(["same-id-other-content"]);
    expect(dispatcher.sender.calls).toHaveLength(1);
  });

  test("delivered twice to two batches at once it is sent once", async () => {
    const dispatcher = new TestDispatcher();
    const kinds = await Promise.all([dispatcher.kinds(aRecord()), dispatcher.kinds(aRecord())]);
    expect(kinds.flat().sort()).toEqual(["again", "sent"]);
    expect(dispatcher.sender.calls).toHaveLength(1);
  });
});

describe("the same id twice in one batch", () => {
  test("with the same content is sent once, and the copy is dropped as already sent", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.allowances.grant(allowanceAt("gmail"), 10);
    expect(await dispatcher.kinds(aRecord(), aRecord(), aRecord())).toEqual(["sent", "already-sent", "already-sent"]);
    expect(dispatcher.sender.calls).toHaveLength(1);
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(1);
  });

  test("with other content sends the first and quarantines the second", async () => {
    const dispatcher = new TestDispatcher();
    expect(await dispatcher.kinds(aRecord(), aRecord(otherContent))).toEqual(["sent", "quarantined"]);
  });

  test("shares the fate of the first copy when that goes back", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.otherwise = { kind: "throttled" };
    expect(await dispatcher.kinds(aRecord(), aRecord())).toEqual(["again", "again"]);
  });

  test("is held once", async () => {
    const dispatcher = new TestDispatcher({ whenFull: "hold" });
    expect(await dispatcher.kinds(aRecord(), aRecord())).toEqual(["held", "held"]);
    expect(dispatcher.held.all).toHaveLength(1);
  });
});

test("a claim that fails sends its own message back and no other", async () => {
  const dispatcher = new TestDispatcher();
  dispatcher.instead = {
    claims: {
      takeOver: down,
      claim: (id, claim, nowMs) => (id === "bad" ? down() : dispatcher.claims.claim(id, claim, nowMs)),
    },
  };
  expect(await dispatcher.kinds(aRecord({ id: "bad" }), aRecord({ id: "good" }))).toEqual(["again", "sent"]);
});
