import { describe, expect, test } from "vitest";
import { parseSesEvent } from "../../shared/contracts/ses-event.ts";
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

  test("SES's word that it reached the topic is no event", () => {
    expect(parseSesEvent("Successfully validated SNS topic for Amazon SES event publishing.")).toBeUndefined();
  });

  test.each(["", "text", "{}", "null", '{"Type":"Notification","Message":"text"}'])("%j is none", (body) => {
    expect(() => parseSesEvent(body)).toThrow();
  });
});
