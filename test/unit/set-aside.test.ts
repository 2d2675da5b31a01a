import { describe, expect, test } from "vitest";
import { makeHandler } from "../../functions/set-aside/handler.ts";
import { setAsideName } from "../../shared/domain/set-aside/set-aside.ts";
import { aSendMessage, noonMs } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";
import { MemorySetAside } from "../support/fakes/memory-set-aside.ts";
import { RecordingLog } from "../support/fakes/recording-log.ts";
import { aContext, anSqsEvent, anSqsRecord } from "../support/lambda.ts";
import { anEvent } from "../support/ses-events.ts";
import { listed } from "../support/set-aside.ts";

const dayMs = 86_400_000;
const url = (queue: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${queue}`;

/** The function over fakes. */
function setAsideFunction() {
  const [store, log, clock] = [new MemorySetAside(), new RecordingLog(), new ManualClock(noonMs)];
  const handler = makeHandler({
    ports: { clock, setAside: store, log },
    keptDays: 90,
    deadLetters: {
      send: url("send-dead"),
      parked: url("parked-dead"),
      feedback: url("feedback-dead"),
      proof: url("proof-dead"),
    },
  });
  const handle = (...records: ReturnType<typeof anSqsRecord>[]) => handler(anSqsEvent(...records), aContext);
  return { store, log, clock, handle };
}

const body = JSON.stringify(aSendMessage({ id: "order-7" }));
const reason = { code: "unknown-stream", sentence: "Correct the name." };
const done = { batchItemFailures: [] };

/** A record of the quarantine queue, as the dispatcher of this version puts it there. */
function quarantined(messageId: string, text: string, attributes: Record<string, string> = {}) {
  const given = { ...reason, enqueuedAtMs: String(noonMs - 5_000), ...attributes };
  return {
    ...anSqsRecord(messageId, text, { queue: "quarantine" }),
    messageAttributes: Object.fromEntries(
      Object.entries(given).map(([name, stringValue]) => [name, { stringValue, dataType: "String" as const }]),
    ),
  };
}

/** As the version before put it there: with its reason only. */
function quarantinedBefore(messageId: string, text: string, attributes: Record<string, string> = {}) {
  const { enqueuedAtMs: _none, ...rest } = quarantined(messageId, text, attributes).messageAttributes;
  return { ...quarantined(messageId, text), messageAttributes: rest };
}

describe("mail in quarantine", () => {
  test("is listed with its names, its reason and its times, and its body is kept", async () => {
    const { store, handle } = setAsideFunction();
    expect(await handle(quarantined("sqs-1", body))).toEqual(done);
    const [entry] = await listed(store, "quarantine");
    expect(entry).toEqual({
      place: "quarantine",
      name: setAsideName(noonMs, "sqs-1"),
      queue: "send",
      id: "order-7",
      stream: "news",
      ...reason,
      atMs: noonMs,
      enqueuedAtMs: noonMs - 5_000,
      keptUntilMs: noonMs + 90 * dayMs,
      body: { name: "sqs-1", pieces: 1 },
    });
    expect(await store.body(entry!)).toBe(body);
  });

  test.each([
    ["no JSON", "hello"],
    ["JSON of another kind", "[1, 2]"],
    ["names that are no names", `{"id": {"a": 1}, "stream": 7}`],
    ["an id that is too long", JSON.stringify({ id: "x".repeat(257) })],
    ["nested without end", `${"[".repeat(50_000)}`],
  ])("is listed without names where they cannot be read: %s", async (_, text) => {
    const { store, handle } = setAsideFunction();
    expect(await handle(quarantined("sqs-1", text))).toEqual(done);
    expect(await listed(store, "quarantine")).toMatchObject([{ id: undefined, stream: undefined, code: reason.code }]);
  });

  test("is one entry however often its message comes", async () => {
    const { store, handle, clock } = setAsideFunction();
    await handle(quarantined("sqs-1", body));
    clock.advance(60_000);
    await handle(quarantined("sqs-1", body), quarantined("sqs-2", body));
    expect((await listed(store, "quarantine")).map(({ name }) => name)).toEqual([
      setAsideName(noonMs, "sqs-2"),
      setAsideName(noonMs, "sqs-1"),
    ]);
  });

  test("whose body came in two messages is one entry with a whole body, whichever comes first", async () => {
    const one = quarantined("sqs-1", "first half, ", { part: "1/2" });
    const other = quarantined("sqs-2", "second half", { part: "2/2", of: "sqs-1" });
    for (const records of [
      [one, other],
      [other, one],
    ]) {
      const { store, handle } = setAsideFunction();
      for (const record of records) await handle(record);
      const [entry, ...more] = await listed(store, "quarantine");
      expect(more).toEqual([]);
      expect(await store.body(entry!)).toBe("first half, second half");
    }
  });

  test("that was noted without a body is one entry however often it is noted", async () => {
    const { store, handle } = setAsideFunction();
    const note = JSON.stringify({ name: "batch-0-1", id: "order-7", stream: "news", atMs: noonMs - 1_000 });
    await handle(quarantined("sqs-1", note, { noted: "true" }));
    await handle(quarantined("sqs-2", note, { noted: "true" }));
    const entries = await listed(store, "quarantine");
    expect(entries).toMatchObject([
      { id: "order-7", stream: "news", ...reason, atMs: noonMs - 1_000, body: undefined },
    ]);
  });

  test("that says it is a note and is none is kept as it is", async () => {
    const { store, handle } = setAsideFunction();
    await handle(quarantined("sqs-1", "no note", { noted: "true" }));
    const [entry] = await listed(store, "quarantine");
    expect(await store.body(entry!)).toBe("no note");
  });
});

describe("mail that the version before put into quarantine", () => {
  test("is listed as well; nobody knows when it was enqueued", async () => {
    const { store, handle } = setAsideFunction();
    await handle(quarantinedBefore("sqs-1", body));
    expect(await listed(store, "quarantine")).toMatchObject([{ id: "order-7", ...reason, enqueuedAtMs: undefined }]);
  });

  test("in two messages that do not name each other is two entries that say so, and both can be read", async () => {
    const { store, handle } = setAsideFunction();
    await handle(quarantinedBefore("sqs-1", "first half", { part: "1/2" }));
    await handle(quarantinedBefore("sqs-2", "second half", { part: "2/2" }));
    const entries = await listed(store, "quarantine");
    expect(entries.map(({ sentence }) => sentence)).toEqual([
      "Correct the name. (Part 2 of 2 of its body.)",
      "Correct the name. (Part 1 of 2 of its body.)",
    ]);
    expect(await Promise.all(entries.map((entry) => store.body(entry)))).toEqual(["second half", "first half"]);
  });
});

describe("dead letters", () => {
  test.each([
    ["send-dead", "send", "not-worked"],
    ["parked-dead", "parked", "not-settled"],
  ])("of %s are listed with the way back and what to do", async (queue, origin, code) => {
    const { store, handle, clock } = setAsideFunction();
    clock.advance(3_600_000);
    await handle(anSqsRecord("sqs-1", body, { queue, sentMs: noonMs, enqueuedAtMs: String(noonMs - 9_000) }));
    const [entry] = await listed(store, "dead-letters");
    expect(entry).toMatchObject({ queue: origin, id: "order-7", stream: "news", code, atMs: noonMs + 3_600_000 });
    expect(entry).toMatchObject({ enqueuedAtMs: noonMs - 9_000, keptUntilMs: entry!.atMs + 90 * dayMs });
    expect(await store.body(entry!)).toBe(body);
  });

  test("that carry no first time were enqueued when they were sent", async () => {
    const { store, handle } = setAsideFunction();
    await handle(anSqsRecord("sqs-1", body, { queue: "send-dead", sentMs: noonMs - 9_000 }));
    expect(await listed(store, "dead-letters")).toMatchObject([{ enqueuedAtMs: noonMs - 9_000 }]);
  });

  test.each([
    ["feedback-dead", "feedback", "event-not-counted"],
    ["proof-dead", "proof", "proof-not-kept"],
  ])("of %s are SES events, listed under the mail they are about", async (queue, origin, code) => {
    const { store, handle } = setAsideFunction();
    const event = anEvent("Delivery");
    const tags = { ...event.mail.tags, "sw-message": ["order-7"], "sw-stream": ["news"] };
    await handle(
      anSqsRecord("sqs-1", JSON.stringify({ ...event, mail: { ...event.mail, tags } }), { queue }),
      anSqsRecord("sqs-2", "no event", { queue }),
    );
    expect(await listed(store, "dead-letters")).toMatchObject([
      { queue: origin, code, id: undefined, stream: undefined },
      { queue: origin, code, id: "order-7", stream: "news" },
    ]);
  });
});

describe("a message that cannot be kept", () => {
  test("stays on its queue, alone, and is told", async () => {
    const { store, log, handle } = setAsideFunction();
    const add = store.add.bind(store);
    store.add = (entry, text) => (text === "bad" ? down() : add(entry, text));
    expect(await handle(quarantined("sqs-1", "bad"), quarantined("sqs-2", body))).toEqual({
      batchItemFailures: [{ itemIdentifier: "sqs-1" }],
    });
    expect(await listed(store, "quarantine")).toHaveLength(1);
    expect(log.of("SET_ASIDE_FAILED")).toMatchObject([{ fields: { recordId: "sqs-1", error: "Error" } }]);
  });

  test("does not go when only a later piece of its body could not be kept", async () => {
    const { store, handle } = setAsideFunction();
    store.addPiece = down;
    const answer = await handle(quarantined("sqs-2", "second half", { part: "2/2", of: "sqs-1" }));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "sqs-2" }] });
  });
});

test("the log counts what came, by where it came from, and names no message", async () => {
  const { log, handle } = setAsideFunction();
  await handle(
    quarantined("sqs-1", body, { part: "1/2" }),
    quarantined("sqs-2", "more", { part: "2/2", of: "sqs-1" }),
    anSqsRecord("sqs-3", body, { queue: "send-dead" }),
    anSqsRecord("sqs-4", body, { queue: "send-dead" }),
  );
  expect(log.of("SET_ASIDE").map(({ fields }) => fields)).toEqual([
    { from: "quarantine", messages: 1 },
    { from: "send-dead-letters", messages: 2 },
  ]);
});
