import { describe, expect, test } from "vitest";
import { parseSendMessage } from "../../shared/contracts/send-message.ts";
import { aSendMessage, parsed } from "../support/builders.ts";

const reasonFor = (body: string) => {
  const result = parseSendMessage(body);
  if (result.kind === "good") throw new Error("expected a malformed body");
  return result.reason;
};
const sentenceFor = (written: unknown) => reasonFor(JSON.stringify(written)).sentence;

describe("a well-formed SendMessage", () => {
  test("comes out with its times as epoch ms", () => {
    const times = { sendAfter: "2026-11-02T10:00:00Z", sendBefore: "2026-11-02T12:00:00+01:00" };
    const { sendAfter, sendBefore } = parsed(aSendMessage(times));
    expect([sendAfter, sendBefore]).toEqual([Date.UTC(2026, 10, 2, 10), Date.UTC(2026, 10, 2, 11)]);
  });

  test.each([1, 256])("takes an id of %i characters", (length) => {
    expect(parsed(aSendMessage({ id: "x".repeat(length) })).id).toHaveLength(length);
  });

  test("takes 50 recipients", () => {
    const to = Array.from({ length: 50 }, (_, index) => `a${index}@gmail.com`);
    expect(parsed(aSendMessage({ to })).email.Destination.ToAddresses).toHaveLength(50);
  });

  test("may write null for what it leaves out, at any depth", () => {
    const part = { Data: "Hi", Charset: null };
    const Simple = { Subject: part, Body: { Text: part, Html: null }, Headers: null, Attachments: null };
    const email = {
      FromEmailAddress: "news@example.com",
      FromEmailAddressIdentityArn: null,
      Destination: { ToAddresses: ["ann@gmail.com"], CcAddresses: null, BccAddresses: null },
      ReplyToAddresses: null,
      Content: { Simple, Raw: null, Template: null },
      EmailTags: null,
      ListManagementOptions: { ContactListName: "all", TopicName: null },
      ConfigurationSetName: null,
      EndpointId: null,
    };
    const absent = { engagement: { lastEngagedAt: null }, sendAfter: null, sendBefore: null };
    const message = parsed(aSendMessage({ email, ...absent }));
    expect(JSON.stringify(message)).not.toContain("null");
    expect(message.email.Content).toEqual({ Simple: { Subject: { Data: "Hi" }, Body: { Text: { Data: "Hi" } } } });
  });
});

describe("each sentence names what to do", () => {
  test("not JSON", () => {
    expect(reasonFor("{ broken")).toEqual({
      code: "not-json",
      sentence: expect.stringMatching(/not JSON: send a SendMessage v1/),
    });
  });

  test.each(["", "null", "[]", '"text"', "1"])("not an object: %s", (body) => {
    expect(reasonFor(body).sentence).toMatch(/SendMessage v1/);
  });

  test("another version", () => {
    expect(sentenceFor(aSendMessage({ version: 2 }))).toMatch(/version: .*expected 1/);
  });

  test("no id", () => {
    expect(sentenceFor(aSendMessage({ id: undefined }))).toMatch(/id: expected text of 1 to 256 characters/);
  });

  test("an empty id", () => {
    expect(sentenceFor(aSendMessage({ id: "" }))).toMatch(/id: is empty: expected 1 to 256 characters/);
  });

  test("an id of 5,000 characters, without quoting it", () => {
    const sentence = sentenceFor(aSendMessage({ id: "x".repeat(5_000) }));
    expect(sentence).toMatch(/id: is longer than 256 characters: expected a short key/);
    expect(sentence.length).toBeLessThan(300);
  });

  test("no recipient", () => {
    expect(sentenceFor(aSendMessage({ to: [] }))).toMatch(/has 0 recipients: expected 1 to 50/);
  });

  test("51 recipients over To, Cc and Bcc", () => {
    const some = (count: number, field: string) => Array.from({ length: count }, (_, n) => `${field}${n}@gmail.com`);
    const Destination = { ToAddresses: some(20, "t"), CcAddresses: some(20, "c"), BccAddresses: some(11, "b") };
    expect(sentenceFor(aSendMessage({ email: { Destination } }))).toMatch(/has 51 recipients: expected 1 to 50/);
  });

  test("ConfigurationSetName", () => {
    expect(sentenceFor(aSendMessage({ email: { ConfigurationSetName: "mine" } }))).toMatch(
      /ConfigurationSetName: must not be set.*name a stream instead and remove this key/,
    );
  });

  test("EndpointId", () => {
    expect(sentenceFor(aSendMessage({ email: { EndpointId: "abc.def" } }))).toMatch(
      /EndpointId: must not be set.*remove this key/,
    );
  });

  test.each([null, undefined])("what is needed is %s: it is missing", (email) => {
    expect(sentenceFor({ ...aSendMessage(), email })).toMatch(/email: is missing: expected an object/);
  });

  test("a list with null in it", () => {
    expect(sentenceFor(aSendMessage({ to: ["ann@gmail.com", null] }))).toMatch(
      /ToAddresses\.1: is of another kind: expected text/,
    );
  });

  test.each(["ses:feedback-id-c", "ses:outgoing-ip", "ses:feedback-id-a ", "campaign:1"])(
    "a tag that SES keeps for itself or does not take: %s",
    (Name) => {
      expect(sentenceFor(aSendMessage({ email: { EmailTags: [{ Name, Value: "1" }] } }))).toMatch(
        /is not a tag name: expected .* ses:feedback-id-a or ses:feedback-id-b/,
      );
    },
  );

  test("a tag that starts like our own", () => {
    const EmailTags = [{ Name: "sw-pool", Value: "mine" }];
    expect(sentenceFor(aSendMessage({ email: { EmailTags } }))).toMatch(/kept for ses-warmup's own tags: rename it/);
  });

  test("a body over 1,000,000 bytes, also where it has fewer characters", () => {
    const body = `"${"€".repeat(333_333)}"`;
    expect(reasonFor(body)).toEqual({
      code: "too-large",
      sentence: expect.stringMatching(/over 1,000,000 bytes.*by link/),
    });
  });

  test("a time without a zone", () => {
    expect(sentenceFor(aSendMessage({ sendAfter: "2026-11-02T10:00:00" }))).toMatch(
      /sendAfter: expected a time such as/,
    );
  });

  test.each(["2026-11-02T10:00:00Z", "2026-11-02T09:00:00Z"])(
    "a sendBefore that leaves no moment: %s",
    (sendBefore) => {
      const times = { sendAfter: "2026-11-02T11:00:00+01:00", sendBefore };
      expect(sentenceFor(aSendMessage(times))).toMatch(/sendBefore: is not after sendAfter.*expected a later time/);
    },
  );

  test("several faults: three by name, the others counted", () => {
    const sentence = sentenceFor({ version: 2, id: "", stream: 3, email: {}, sendAfter: "soon" });
    expect(sentence).toMatch(/version: .*; id: .*; stream: .* \(and \d+ more\)\.$/);
  });
});

describe("line breaks and control characters", () => {
  const controls = ["\r\nBcc: eve@evil.org", "\n", "\r", "\u0000", "\u2028", "\u0085", "\u001b"];

  test.each(controls)("are refused in a subject: %j", (control) => {
    const Content = { Simple: { Subject: { Data: `Hi${control}` }, Body: { Text: { Data: "Hi" } } } };
    expect(sentenceFor(aSendMessage({ email: { Content } }))).toMatch(/line break or control character/);
  });

  test.each(controls)("are refused in a From name: %j", (control) => {
    const FromEmailAddress = `Shop${control} <news@example.com>`;
    expect(sentenceFor(aSendMessage({ email: { FromEmailAddress } }))).toMatch(/line break or control character/);
  });

  test.each(controls)("are refused in a header's value: %j", (control) => {
    const Headers = [{ Name: "X-Ref", Value: `1${control}` }];
    const Content = { Simple: { Subject: { Data: "Hi" }, Body: { Text: { Data: "Hi" } }, Headers } };
    expect(sentenceFor(aSendMessage({ email: { Content } }))).toMatch(/line break or control character/);
  });

  test.each(["X-Ref: 1\r\nBcc", "X Ref", "X:Ref", "", "X-Réf"])("no header is named %j", (Name) => {
    const Content = { Simple: { Subject: { Data: "Hi" }, Body: {}, Headers: [{ Name, Value: "1" }] } };
    expect(sentenceFor(aSendMessage({ email: { Content } }))).toMatch(/is not a header name/);
  });

  test.each(["a@gmail.com\r\nb@gmail.com", "a@gmail.com\u0000"])("no recipient is %j", (to) => {
    expect(parseSendMessage(JSON.stringify(aSendMessage({ to: [to] }))).kind).toBe("malformed");
  });
});
