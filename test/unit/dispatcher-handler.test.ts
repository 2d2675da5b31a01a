import { describe, expect, test } from "vitest";
import { makeHandler } from "../../functions/dispatcher/handler.ts";
import { fingerprint } from "../../shared/adapters/fingerprint.ts";
import { aClaim, aSendMessage, claimTimes, minuteMs, noonMs } from "../support/builders.ts";
import { down, TestDispatcher } from "../support/dispatcher.ts";
import { aContext, anSqsEvent, anSqsRecord } from "../support/lambda.ts";

const queues = {
  send: "https://sqs.us-east-1.amazonaws.com/000000000000/send",
  parked: "https://sqs.us-east-1.amazonaws.com/000000000000/parked",
};

function handlerOf(dispatcher: TestDispatcher) {
  const redelivered: string[] = [];
  const handler = makeHandler({
    ports: dispatcher.ports,
    settings: dispatcher.settings,
    queues,
    redelivery: {
      after: async (queueUrl, receiptHandle, delaySeconds) => {
        redelivered.push(`${queueUrl.split("/").at(-1)} ${receiptHandle} ${delaySeconds}`);
      },
    },
  });
  const handle = (...records: ReturnType<typeof anSqsRecord>[]) => handler(anSqsEvent(...records), aContext);
  return { handle, redelivered };
}

const bodyOf = (changes: Record<string, unknown> = {}) => JSON.stringify(aSendMessage(changes));
const failed = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

describe("a clock that is not the service's", () => {
  const stamped = (ms: number) => ({ sentMs: noonMs - ms, firstReceivedMs: noonMs - ms });

  test.each([
    ["ahead", 40 * 86_400_000],
    ["behind", -86_400_000],
  ])("%s: the batch goes back untouched, malformed records too, and the log says why", async (_, aheadMs) => {
    const dispatcher = new TestDispatcher();
    dispatcher.serviceClock.aheadMs = aheadMs;
    const { handle } = handlerOf(dispatcher);
    const records = [anSqsRecord("good", bodyOf(), stamped(aheadMs)), anSqsRecord("bad", "{", stamped(aheadMs))];
    await expect(handle(...records)).rejects.toThrow("AWS's");
    expect(dispatcher.sender.calls).toEqual([]);
    expect(dispatcher.claims.of("order-1")).toBeUndefined();
    expect(dispatcher.quarantine.kept).toEqual([]);
    expect(dispatcher.log.of("CLOCK_WRONG")).toHaveLength(1);
  });

  test("a clock that is right by now works the batch: what was first received long ago is no proof", async () => {
    const dispatcher = new TestDispatcher();
    const { handle } = handlerOf(dispatcher);
    const long = { sentMs: noonMs - 86_400_000, firstReceivedMs: noonMs - 3_600_000, receives: 5 };
    expect(await handle(anSqsRecord("a", bodyOf(), long))).toEqual(failed());
    expect(dispatcher.sender.calls).toHaveLength(1);
  });

  test("the service is asked where all of a batch came before: what comes again says nothing of now", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.serviceClock.aheadMs = -10 * minuteMs;
    const { handle } = handlerOf(dispatcher);
    await expect(handle(anSqsRecord("a", bodyOf(), { firstReceivedMs: noonMs, receives: 2 }))).rejects.toThrow(
      "behind",
    );
    expect(dispatcher.sender.calls).toEqual([]);
  });

  test("nobody is asked where the batch speaks for it: a message costs no call more", async () => {
    const dispatcher = new TestDispatcher();
    const { handle } = handlerOf(dispatcher);
    await handle(anSqsRecord("a", bodyOf(), { sentMs: noonMs - 3 * 86_400_000, firstReceivedMs: noonMs - 2_000 }));
    expect(dispatcher.serviceClock.asked).toBe(0);
    expect(dispatcher.sender.calls).toHaveLength(1);
  });

  test("a difference of some minutes stops no mail", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.serviceClock.aheadMs = 4 * minuteMs;
    const { handle } = handlerOf(dispatcher);
    await handle(anSqsRecord("a", bodyOf(), stamped(4 * minuteMs)));
    expect(dispatcher.sender.calls).toHaveLength(1);
  });
});

describe("the answer to the queue", () => {
  test("lists nothing when all is settled: sent, quarantined, held and parked mail does not come back", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.answer({ kind: "unknown" });
    const { handle } = handlerOf(dispatcher);
    const answer = await handle(
      anSqsRecord("parked", bodyOf({ id: "a" })),
      anSqsRecord("sent", bodyOf({ id: "b" })),
      anSqsRecord("malformed", "{ broken"),
      anSqsRecord("held", bodyOf({ id: "c", sendAfter: "2026-11-03T00:00:00Z" })),
    );
    expect(answer).toEqual(failed());
  });

  test("lists exactly the records that go back", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.answer({ kind: "accepted" });
    dispatcher.sender.otherwise = { kind: "throttled" };
    const { handle } = handlerOf(dispatcher);
    const records = ["a", "b", "c"].map((id) => anSqsRecord(`record-${id}`, bodyOf({ id })));
    expect(await handle(...records)).toEqual(failed("record-b", "record-c"));
  });

  test("lists a copy beside its original when both go back", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.otherwise = { kind: "throttled" };
    const { handle } = handlerOf(dispatcher);
    expect(await handle(anSqsRecord("one", bodyOf()), anSqsRecord("two", bodyOf()))).toEqual(failed("one", "two"));
  });
});

describe("malformed records", () => {
  test("go to quarantine on their first delivery, with their body, their reason and their first time", async () => {
    const dispatcher = new TestDispatcher();
    await handlerOf(dispatcher).handle(anSqsRecord("bad", "{ broken", { sentMs: noonMs - 5 }));
    expect(dispatcher.quarantine.kept).toMatchObject([
      { body: "{ broken", reason: { code: "not-json" }, enqueuedAtMs: noonMs - 5 },
    ]);
  });

  test("one among ten keeps none of the others", async () => {
    const dispatcher = new TestDispatcher();
    const { handle } = handlerOf(dispatcher);
    const good = Array.from({ length: 9 }, (_, index) => anSqsRecord(`r${index}`, bodyOf({ id: `order-${index}` })));
    expect(await handle(anSqsRecord("bad", "[]"), ...good)).toEqual(failed());
    expect(dispatcher.sender.calls).toHaveLength(9);
  });

  test("that could not be quarantined go back", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.instead = { quarantine: { keep: down } };
    const { handle } = handlerOf(dispatcher);
    expect(await handle(anSqsRecord("bad", "[]"), anSqsRecord("good", bodyOf()))).toEqual(failed("bad"));
  });
});

describe("when the application enqueued a message", () => {
  const sentMs = noonMs - minuteMs;
  const heldFrom = async (enqueuedAtMs?: string) => {
    const dispatcher = new TestDispatcher();
    const body = bodyOf({ sendAfter: "2026-11-03T00:00:00Z" });
    const delivery = enqueuedAtMs === undefined ? { sentMs } : { sentMs, enqueuedAtMs };
    await handlerOf(dispatcher).handle(anSqsRecord("r", body, delivery));
    return dispatcher.held.all[0]?.enqueuedAtMs;
  };

  test("is SQS's time on its first queue", async () => {
    expect(await heldFrom()).toBe(sentMs);
  });

  test("travels with it between queues", async () => {
    expect(await heldFrom(String(noonMs - 600 * minuteMs))).toBe(noonMs - 600 * minuteMs);
  });

  test.each(["", "soon", "-5", "NaN", String(noonMs + minuteMs)])("is not believed when it reads %j", async (text) => {
    expect(await heldFrom(text)).toBe(sentMs);
  });
});

describe("going back", () => {
  const throttled = () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.otherwise = { kind: "throttled" };
    return handlerOf(dispatcher);
  };

  test("happens after the outcome's own delay", async () => {
    const { handle, redelivered } = throttled();
    await handle(anSqsRecord("a", bodyOf()));
    expect(redelivered).toEqual(["send handle-a 2"]);
  });

  test("takes twice as long with every delivery", async () => {
    const { handle, redelivered } = throttled();
    await handle(anSqsRecord("a", bodyOf(), { receives: 3 }));
    expect(redelivered).toEqual(["send handle-a 8"]);
  });

  test("is no later than the batch at work with the message may be, however often it was delivered", async () => {
    const dispatcher = new TestDispatcher();
    const theirs = { batch: "another", deadlineMs: noonMs + 40_000, fingerprint: fingerprint(aSendMessage()) };
    await dispatcher.claims.claim("order-1", aClaim(theirs), claimTimes);
    const { handle, redelivered } = handlerOf(dispatcher);
    await handle(anSqsRecord("a", bodyOf(), { receives: 6 }));
    expect(redelivered).toEqual(["send handle-a 40"]);
  });

  test("is asked of the queue the record came from", async () => {
    const { handle, redelivered } = throttled();
    await handle(anSqsRecord("a", bodyOf(), { queue: "parked" }));
    expect(redelivered).toEqual(["parked handle-a 2"]);
  });
});

test("the same content with its keys in another order is the same message", async () => {
  const dispatcher = new TestDispatcher();
  const { handle } = handlerOf(dispatcher);
  await handle(anSqsRecord("a", bodyOf()));
  const reordered = JSON.stringify(Object.fromEntries(Object.entries(aSendMessage()).reverse()));
  await handle(anSqsRecord("b", reordered));
  expect(dispatcher.quarantine.kept).toEqual([]);
  expect(dispatcher.sender.calls).toHaveLength(1);
});

test("counts by outcome are logged", async () => {
  const dispatcher = new TestDispatcher();
  await handlerOf(dispatcher).handle(
    anSqsRecord("a", bodyOf({ id: "a" })),
    anSqsRecord("b", bodyOf({ id: "b", stream: "x" })),
  );
  expect(dispatcher.log.of("BATCH_DISPATCHED")).toMatchObject([{ fields: { sent: 1, quarantined: 1 } }]);
});
