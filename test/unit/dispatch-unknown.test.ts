import { beforeEach, describe, expect, test } from "vitest";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import { allowanceAt, aRecord, minuteMs, noonMs } from "../support/builders.ts";
import { down, TestDispatcher } from "../support/dispatcher.ts";

const fromParked = { parked: true };
/** Claims of a batch that begins at noon: 30 s of work and 10 s for clocks that differ. */
const deadlineMs = noonMs + 40_000;

let dispatcher: TestDispatcher;

/** A message whose call to SES ended without an answer at noon. */
async function unknownAtNoon(stream: Partial<Stream> = {}) {
  dispatcher = new TestDispatcher({ unknownWaitMs: 5 * minuteMs, ...stream });
  dispatcher.sender.answer({ kind: "unknown" });
  return dispatcher.dispatch(aRecord());
}

describe("a call without an answer", () => {
  test("parks its message until the stream's wait after the claim's deadline is over", async () => {
    expect(await unknownAtNoon()).toMatchObject([{ kind: "parked", because: "outcome-unknown" }]);
    expect(dispatcher.parking.messages).toMatchObject([{ delaySeconds: 40 + 300 }]);
  });

  test("parks the body unchanged, with its first time", async () => {
    await unknownAtNoon();
    const { body, enqueuedAtMs } = aRecord();
    expect(dispatcher.parking.messages).toMatchObject([{ body, enqueuedAtMs }]);
  });

  test("is on the receipt as unknown", async () => {
    await unknownAtNoon();
    expect(dispatcher.receipts.all).toEqual([{ batch: "batch000000000000001", sent: [], unknown: [0] }]);
  });

  test("keeps its allowance used: SES may have sent it", async () => {
    dispatcher = new TestDispatcher();
    dispatcher.allowances.grant(allowanceAt("gmail"), 5);
    dispatcher.sender.answer({ kind: "unknown" });
    await dispatcher.dispatch(aRecord());
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(1);
  });

  test("parks for at most what SQS delays, and parks again for the rest", async () => {
    await unknownAtNoon({ unknownWaitMs: 60 * minuteMs });
    expect(dispatcher.parking.messages).toMatchObject([{ delaySeconds: 900 }]);
    dispatcher.clock.advance(55 * minuteMs);
    await dispatcher.dispatch(aRecord({}, fromParked));
    expect(dispatcher.parking.messages[1]).toMatchObject({ delaySeconds: 5 * 60 + 40 });
  });

  test("that could not be parked goes back to its queue", async () => {
    dispatcher = new TestDispatcher();
    dispatcher.sender.answer({ kind: "unknown" });
    dispatcher.instead = { parking: { park: down } };
    expect(await dispatcher.kinds(aRecord())).toEqual(["again"]);
  });
});

describe("an unknown outcome that comes back", () => {
  beforeEach(() => unknownAtNoon());

  test("within its wait is parked for the rest of it", async () => {
    dispatcher.clock.advance(4 * minuteMs);
    expect(await dispatcher.kinds(aRecord({}, fromParked))).toEqual(["parked"]);
    expect(dispatcher.parking.messages.at(-1)).toMatchObject({ delaySeconds: 40 + 60 });
  });

  test("is dropped as sent once an SES event has proved it", async () => {
    await dispatcher.proofs.add("batch000000000000001", [0]);
    expect(await dispatcher.dispatch(aRecord({}, fromParked))).toEqual([{ kind: "already-sent", provenBy: "proof" }]);
  });

  test("is not proved by an event of another position", async () => {
    await dispatcher.proofs.add("batch000000000000001", [1]);
    expect(await dispatcher.kinds(aRecord({}, fromParked))).toEqual(["parked"]);
  });

  test("after its wait is sent again as the next attempt", async () => {
    dispatcher.clock.atMs = deadlineMs + 5 * minuteMs;
    expect(await dispatcher.kinds(aRecord({}, fromParked))).toEqual(["sent"]);
    expect(dispatcher.claims.of("order-1")?.attempt).toBe(2);
    expect(dispatcher.log.of("UNKNOWN_RESENT")).toHaveLength(1);
  });

  test("is sent again twice at most while SES answers for others; then a person has to look", async () => {
    const kinds: string[] = [];
    for (let resend = 1; resend <= 3; resend += 1) {
      await dispatcher.dispatch(aRecord({ id: `other-${resend}` }));
      dispatcher.clock.advance(6 * minuteMs);
      dispatcher.sender.answer({ kind: "unknown" });
      kinds.push(...(await dispatcher.kinds(aRecord({}, fromParked))));
    }
    expect(kinds).toEqual(["parked", "parked", "quarantined"]);
    expect(dispatcher.sender.calls).toHaveLength(3 + 3);
  });

  test("a moment before its wait is over is not sent", async () => {
    dispatcher.clock.atMs = deadlineMs + 5 * minuteMs - 1;
    expect(await dispatcher.kinds(aRecord({}, fromParked))).toEqual(["parked"]);
  });

  test("is counted as unknown once, however often it is parked", async () => {
    await dispatcher.dispatch(aRecord({}, fromParked));
    await dispatcher.dispatch(aRecord({}, fromParked));
    expect(dispatcher.log.of("OUTCOME_UNKNOWN")).toHaveLength(1);
  });
});

describe("a stream that does not resend", () => {
  test("sets an unknown outcome aside after its wait", async () => {
    await unknownAtNoon({ onUnknown: "quarantine" });
    dispatcher.clock.atMs = deadlineMs + 5 * minuteMs;
    expect(await dispatcher.kinds(aRecord({}, fromParked))).toEqual(["quarantined"]);
    expect(dispatcher.quarantine.kept[0]?.reason.code).toBe("outcome-unknown");
    expect(dispatcher.sender.calls).toHaveLength(1);
  });

  test("waits as long as any other before it does", async () => {
    await unknownAtNoon({ onUnknown: "quarantine" });
    expect(await dispatcher.kinds(aRecord({}, fromParked))).toEqual(["parked"]);
  });
});

describe("a worker that died before its receipt", () => {
  test("leaves mail that waits for its deadline, then for proof", async () => {
    dispatcher = new TestDispatcher({ unknownWaitMs: 5 * minuteMs });
    const record = aRecord();
    const { fingerprint } = record;
    await dispatcher.claims.claim(
      "order-1",
      { batch: "dead", position: 3, attempt: 1, resends: 0, deadlineMs, fingerprint },
      noonMs,
    );
    expect(await dispatcher.kinds(record)).toEqual(["again"]);
    dispatcher.clock.atMs = deadlineMs + 1;
    expect(await dispatcher.kinds(record)).toEqual(["parked"]);
    dispatcher.clock.advance(5 * minuteMs);
    expect(await dispatcher.kinds(record)).toEqual(["sent"]);
  });
});
