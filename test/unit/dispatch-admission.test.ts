import { describe, expect, test } from "vitest";
import { aRecord, aStream, minuteMs, noonMs, settingsFor } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

const at = (ms: number) => new Date(ms).toISOString();

describe("what can never be sent", () => {
  test("mail of an unknown stream is quarantined with the streams that exist", async () => {
    const dispatcher = new TestDispatcher();
    expect(await dispatcher.kinds(aRecord({ stream: "nws" }))).toEqual(["quarantined"]);
    const [kept] = dispatcher.quarantine.kept;
    expect(kept?.reason).toMatchObject({ code: "unknown-stream", sentence: expect.stringContaining("news") });
  });

  test("quarantine gets the body unchanged, and when it was enqueued", async () => {
    const dispatcher = new TestDispatcher();
    const record = aRecord({ stream: "nws" });
    await dispatcher.dispatch(record);
    expect(dispatcher.quarantine.kept[0]?.body).toBe(record.body);
    expect(dispatcher.quarantine.kept[0]?.enqueuedAtMs).toBe(record.enqueuedAtMs);
  });

  test("mail of an unknown stream is neither claimed nor sent", async () => {
    const dispatcher = new TestDispatcher();
    await dispatcher.dispatch(aRecord({ stream: "nws" }));
    expect(dispatcher.claims.of("order-1")).toBeUndefined();
    expect(dispatcher.sender.calls).toEqual([]);
  });

  test("one message that can never be sent does not keep back the rest of its batch", async () => {
    const dispatcher = new TestDispatcher();
    const kinds = await dispatcher.kinds(aRecord({ id: "a", stream: "nws" }), aRecord({ id: "b" }));
    expect(kinds).toEqual(["quarantined", "sent"]);
  });

  test("mail whose sendBefore has passed is quarantined, not sent late", async () => {
    const dispatcher = new TestDispatcher();
    await dispatcher.dispatch(aRecord({ sendBefore: at(noonMs) }));
    expect(dispatcher.quarantine.kept[0]?.reason.code).toBe("send-before-passed");
    expect(dispatcher.sender.calls).toEqual([]);
  });

  test("mail is sent up to its sendBefore", async () => {
    const dispatcher = new TestDispatcher();
    expect(await dispatcher.kinds(aRecord({ sendBefore: at(noonMs + 1) }))).toEqual(["sent"]);
  });

  test("mail that was sent before its sendBefore passed is a proven duplicate, not quarantined", async () => {
    const dispatcher = new TestDispatcher();
    const sendBefore = at(noonMs + minuteMs);
    await dispatcher.dispatch(aRecord({ sendBefore }));
    dispatcher.clock.advance(2 * minuteMs);
    expect(await dispatcher.kinds(aRecord({ sendBefore }))).toEqual(["already-sent"]);
  });
});

describe("sendAfter lies 13 months ahead at most, counted from when the message was enqueued", () => {
  const enqueued = Date.parse("2026-01-31T12:00:00Z");

  test.each([
    ["a month", "2026-02-28T12:00:00Z", "held"],
    ["13 months less a moment", "2027-02-28T11:59:59Z", "held"],
    ["14 months", "2027-03-31T12:00:00Z", "quarantined"],
    ["ten years", "2036-01-31T12:00:00Z", "quarantined"],
  ])("%s", async (_, sendAfter, kind) => {
    const dispatcher = new TestDispatcher();
    dispatcher.clock.atMs = enqueued + minuteMs;
    expect(await dispatcher.kinds(aRecord({ sendAfter }, { enqueuedAtMs: enqueued }))).toEqual([kind]);
  });

  test("what asks for more is told the limit and what to do, and is not claimed", async () => {
    const dispatcher = new TestDispatcher();
    await dispatcher.dispatch(aRecord({ sendAfter: "2028-01-01T00:00:00Z" }), aRecord({ id: "good" }));
    const [kept] = dispatcher.quarantine.kept;
    expect(kept?.reason.code).toBe("send-after-too-far");
    expect(kept?.reason.sentence).toMatch(/more than 13 months .* enqueue it under a new id/);
    expect(dispatcher.claims.of("order-1")).toBeUndefined();
    expect(dispatcher.sender.calls).toHaveLength(1);
  });

  test("mail that was kept for a year is sent when its time has come", async () => {
    const dispatcher = new TestDispatcher();
    const yearAgoMs = noonMs - 380 * 86_400_000;
    const kept = { enqueuedAtMs: yearAgoMs, claimedAtMs: yearAgoMs };
    expect(await dispatcher.kinds(aRecord({ sendAfter: at(noonMs) }, kept))).toEqual(["sent"]);
  });
});

describe("a stream's identities", () => {
  const admitted = async (identities: readonly string[], from: string) => {
    const dispatcher = new TestDispatcher({ identities });
    return dispatcher.kinds(aRecord({ email: { FromEmailAddress: from } }));
  };

  test.each([
    ["its domain", "news@example.com"],
    ["a sub-domain, which SES verifies with the domain", "news@mail.example.com"],
    ["its domain in other casing and behind a name", "Shop <News@EXAMPLE.com>"],
  ])("mail may come from %s", async (_, from) => {
    expect(await admitted(["example.com"], from)).toEqual(["sent"]);
  });

  test.each([
    ["another domain", "news@example.org"],
    ["a domain that only ends like its own", "news@badexample.com"],
    ["a domain that only begins like its own", "news@example.com.evil.org"],
    ["another domain behind its own as a name", '"news@example.com" <news@evil.org>'],
  ])("mail from %s is quarantined", async (_, from) => {
    expect(await admitted(["example.com"], from)).toEqual(["quarantined"]);
  });

  test("an identity that is one address allows this address only", async () => {
    expect(await admitted(["news@example.com"], "News@example.com")).toEqual(["sent"]);
    expect(await admitted(["news@example.com"], "sales@example.com")).toEqual(["quarantined"]);
  });

  test("one stream's identity is not another's", async () => {
    const dispatcher = new TestDispatcher();
    const streams = [
      aStream({ identities: ["example.com"] }),
      aStream({ name: "alerts", identities: ["example.org"] }),
    ];
    dispatcher.settings = settingsFor(streams);
    expect(await dispatcher.kinds(aRecord({ stream: "alerts" }))).toEqual(["quarantined"]);
  });
});

describe("the headers of raw mail", () => {
  const from = "From: Shop <news@example.com>";
  const quarantined = async (lines: readonly string[], more: object = {}) => {
    const dispatcher = new TestDispatcher({ identities: ["example.com", "ann@gmail.com"] });
    const Data = Buffer.from([...lines, "To: bob@web.de", "", "Hi"].join("\r\n")).toString("base64");
    await dispatcher.dispatch(aRecord({ email: { Content: { Raw: { Data } }, ...more } }), aRecord({ id: "another" }));
    expect(dispatcher.sender.calls.length).toBeGreaterThan(0);
    return dispatcher.quarantine.kept.map(({ reason }) => reason);
  };

  test.each([
    ["From", ["From: CEO <ceo@bank.example>"]],
    ["From", ["From: news@example.com, ceo@bank.example"]],
    ["From", ["FROM: =?UTF-8?Q?news=40example.com?=\r\n <ceo@bank.example>"]],
    ["Sender", [from, "Sender: CEO <ceo@bank.example>"]],
    ["Return-Path", [from, "return-path: <ceo@bank.example>"]],
    ["Resent-From", [from, "Resent-From: ceo@bank.example"]],
    ["Resent-Sender", [from, "Resent-Sender: ceo@bank.example"]],
  ])("name no sender in %s that the stream may not use: %j", async (header, lines) => {
    expect(await quarantined(lines)).toEqual([
      {
        code: "identity-not-allowed",
        sentence: `The address in the ${header} header is of no identity that stream news may use: expected one of example.com, ann@gmail.com.`,
      },
    ]);
  });

  test("may name any address of the stream's identities", async () => {
    const lines = [
      "From: news@mail.example.com, Ann <ann@gmail.com>",
      "Sender: ann@gmail.com",
      "Return-Path: <b@example.com>",
    ];
    expect(await quarantined(lines)).toEqual([]);
  });

  test("and the request name no other address for bounces", async () => {
    expect(await quarantined([from], { FeedbackForwardingEmailAddress: "ceo@bank.example" })).toMatchObject([
      { sentence: expect.stringContaining("The address in FeedbackForwardingEmailAddress is of no identity") },
    ]);
  });
});

describe("sendAfter", () => {
  test("mail is held until its time", async () => {
    const dispatcher = new TestDispatcher();
    const untilMs = noonMs + minuteMs;
    const [outcome] = await dispatcher.dispatch(aRecord({ sendAfter: at(untilMs) }));
    expect(outcome).toEqual({ kind: "held", because: "send-after", untilMs, passedOver: [] });
    expect(dispatcher.held.all).toMatchObject([{ id: "order-1", because: "send-after", untilMs }]);
  });

  test("held mail keeps its body and when the application enqueued it", async () => {
    const dispatcher = new TestDispatcher();
    const record = aRecord({ sendAfter: at(noonMs + minuteMs) });
    await dispatcher.dispatch(record);
    const [held] = dispatcher.held.all;
    expect(held?.enqueuedAtMs).toBe(record.enqueuedAtMs);
    expect(await dispatcher.held.body(held!)).toBe(record.body);
  });

  test("mail whose time has come is sent", async () => {
    const dispatcher = new TestDispatcher();
    expect(await dispatcher.kinds(aRecord({ sendAfter: at(noonMs) }))).toEqual(["sent"]);
  });

  test("the id of mail that waits for its time is known from the door on", async () => {
    const dispatcher = new TestDispatcher();
    await dispatcher.dispatch(aRecord({ sendAfter: at(noonMs + 1) }));
    expect(dispatcher.claims.of("order-1")).toBeDefined();
  });
});
