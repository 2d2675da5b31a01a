import { describe, expect, test } from "vitest";
import { poolChoiceOf } from "../../shared/domain/routing/choose-pool.ts";
import { allowanceAt, aRecord, aStream, minuteMs, noonMs, recordsTo } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

const holding = { whenFull: "hold", longestHoldMs: 60 * minuteMs } as const;
const justEnqueued = { enqueuedAtMs: noonMs };
const at = (ms: number) => new Date(ms).toISOString();

describe("a stream that holds", () => {
  test("keeps mail without room, up to its longest wait from when the application enqueued it", async () => {
    const dispatcher = new TestDispatcher(holding);
    const [outcome] = await dispatcher.dispatch(aRecord({}, { enqueuedAtMs: noonMs - 10 * minuteMs }));
    expect(outcome).toMatchObject({ kind: "held", because: "no-room", untilMs: noonMs + 50 * minuteMs });
    expect(dispatcher.sender.calls).toEqual([]);
  });

  test("sends what has room and holds the rest", async () => {
    const dispatcher = new TestDispatcher(holding);
    dispatcher.allowances.grant(allowanceAt("gmail"), 1);
    expect(await dispatcher.kinds(...recordsTo(["a@gmail.com", "b@gmail.com"]))).toEqual(["sent", "held"]);
  });

  test("uses established IPs before it holds", async () => {
    const dispatcher = new TestDispatcher(holding);
    dispatcher.allowances.grant(allowanceAt("gmail", "established"), 1);
    expect(await dispatcher.kinds(aRecord())).toEqual(["sent"]);
  });

  test("holds by pool, provider and engagement, body and all", async () => {
    const dispatcher = new TestDispatcher(holding);
    const lastEngagedAt = "2026-10-30T08:00:00Z";
    const record = aRecord({ engagement: { lastEngagedAt }, to: ["a@yahoo.com"] }, justEnqueued);
    await dispatcher.dispatch(record);
    expect(dispatcher.held.all).toEqual([
      {
        holdId: "batch000000000000001-0",
        id: "order-1",
        stream: "news",
        pool: "news",
        provider: "yahoo",
        demand: new Map([["yahoo", 1]]),
        because: "no-room",
        enqueuedAtMs: noonMs,
        untilMs: noonMs + 60 * minuteMs,
        priority: Date.parse(lastEngagedAt),
        routing: { poolChoice: poolChoiceOf(aStream(holding)), names: { from: "news@example.com" } },
      },
    ]);
    expect(await dispatcher.held.body(dispatcher.held.all[0]!)).toBe(record.body);
  });

  test("does not believe an engagement that is still to come", async () => {
    const dispatcher = new TestDispatcher(holding);
    await dispatcher.dispatch(aRecord({ engagement: { lastEngagedAt: at(noonMs + minuteMs) } }));
    expect(dispatcher.held.all[0]?.priority).toBe(noonMs);
  });

  test("counts its longest wait from sendAfter where the application asked for it", async () => {
    const dispatcher = new TestDispatcher(holding);
    const written = { sendAfter: at(noonMs - 10 * minuteMs) };
    const [outcome] = await dispatcher.dispatch(aRecord(written, { enqueuedAtMs: noonMs - 600 * minuteMs }));
    expect(outcome).toMatchObject({ kind: "held", untilMs: noonMs + 50 * minuteMs });
  });

  test("holds mail without a date of engagement behind all other", async () => {
    const dispatcher = new TestDispatcher(holding);
    await dispatcher.dispatch(aRecord());
    expect(dispatcher.held.all[0]?.priority).toBe(0);
  });

  test("lets mail overflow once its longest wait is over", async () => {
    const dispatcher = new TestDispatcher(holding);
    await dispatcher.dispatch(aRecord({}, { enqueuedAtMs: noonMs - 60 * minuteMs }));
    expect(dispatcher.sender.calls.map(({ route }) => route.kind)).toEqual(["shared"]);
  });

  test("returns held mail some minutes before its sendBefore, so that it still leaves in time", async () => {
    const dispatcher = new TestDispatcher(holding);
    const [outcome] = await dispatcher.dispatch(aRecord({ sendBefore: at(noonMs + 30 * minuteMs) }, justEnqueued));
    expect(outcome).toMatchObject({ kind: "held", untilMs: noonMs + 20 * minuteMs });
  });

  test("lets mail overflow that is too near to its sendBefore to wait", async () => {
    const dispatcher = new TestDispatcher(holding);
    await dispatcher.dispatch(aRecord({ sendBefore: at(noonMs + 5 * minuteMs) }, justEnqueued));
    expect(dispatcher.sender.calls.map(({ route }) => route.kind)).toEqual(["shared"]);
  });

  test("sends at once when it has no pool whose room it could wait for", async () => {
    const dispatcher = new TestDispatcher({ ...holding, pool: undefined });
    expect(await dispatcher.kinds(aRecord({}, justEnqueued))).toEqual(["sent"]);
  });
});

describe("a stream that overflows", () => {
  test("never holds mail for room", async () => {
    const dispatcher = new TestDispatcher({ whenFull: "overflow" });
    expect(await dispatcher.kinds(aRecord())).toEqual(["sent"]);
    expect(dispatcher.held.all).toEqual([]);
  });
});

describe.each(["overflow", "hold"] as const)("a stream that forbids shared IPs and says %s", (whenFull) => {
  const listedOnly = { sharedAllowed: false, whenFull, longestHoldMs: 60 * minuteMs };

  test("never leaves by shared IPs, not even when its longest wait is over", async () => {
    const dispatcher = new TestDispatcher(listedOnly);
    const kinds = await dispatcher.kinds(aRecord({}, { enqueuedAtMs: noonMs - 600 * minuteMs }));
    expect(kinds).toEqual(["held"]);
    expect(dispatcher.sender.calls).toEqual([]);
  });

  test("is held for another round when its wait is over: it never expires in silence", async () => {
    const dispatcher = new TestDispatcher(listedOnly);
    const [outcome] = await dispatcher.dispatch(aRecord({}, { enqueuedAtMs: noonMs - 600 * minuteMs }));
    expect(outcome).toMatchObject({ untilMs: noonMs + 60 * minuteMs });
  });

  test("leaves by its own IPs where there is room", async () => {
    const dispatcher = new TestDispatcher(listedOnly);
    dispatcher.allowances.grant(allowanceAt("gmail"), 1);
    expect(await dispatcher.kinds(aRecord())).toEqual(["sent"]);
  });
});
