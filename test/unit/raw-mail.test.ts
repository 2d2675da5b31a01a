import { describe, expect, test } from "vitest";
import { parseSendMessage } from "../../shared/contracts/send-message.ts";
import { aSendMessage, parsed } from "../support/builders.ts";

/** Raw mail alone, as SES takes it: who sends and who gets it stands in its headers. `more` is the request's own. */
const rawMail = (lines: readonly string[], more: Record<string, unknown> = {}, lineEnd = "\r\n") => {
  const Data = Buffer.from([...lines, "", "Hi"].join(lineEnd)).toString("base64");
  return aSendMessage({
    email: { FromEmailAddress: undefined, Destination: undefined, Content: { Raw: { Data } }, ...more },
  });
};
const read = (...args: Parameters<typeof rawMail>) => parsed(rawMail(...args)).email;
const sentenceFor = (...args: Parameters<typeof rawMail>) => {
  const result = parseSendMessage(JSON.stringify(rawMail(...args)));
  if (result.kind === "good") throw new Error("expected a malformed message");
  return result.reason.sentence;
};
const from = "From: Shop <news@example.com>";
const to = "To: Ann <ann@gmail.com>";
const request = { FromEmailAddress: "news@example.com", Destination: { ToAddresses: ["ann@gmail.com"] } };

describe("raw mail without sender and recipients in the request", () => {
  test("is sent by its From to its To, Cc and Bcc", () => {
    expect(read([from, to, "Cc: bob@web.de", "Bcc: eve@gmx.de"])).toMatchObject({
      FromEmailAddress: "news@example.com",
      Destination: { ToAddresses: ["ann@gmail.com"], CcAddresses: ["bob@web.de"], BccAddresses: ["eve@gmx.de"] },
    });
  });

  test.each([{}, { ToAddresses: [] }, { ToAddresses: [], CcAddresses: null, BccAddresses: [] }, null])(
    "is sent to them also when the request's Destination names nobody: %j",
    (Destination) => {
      expect(read([from, to], { Destination }).Destination.ToAddresses).toEqual(["ann@gmail.com"]);
    },
  );

  test("leaves its Bcc headers here, folded or in odd case, and every other byte as it is", () => {
    const others = [from, "X-Odd: \u00fc", to];
    const Bcc = ["bCC: eve@gmx.de,", "\tmallory@web.de", "bcc: bob@gmx.de"];
    const { Content, Destination } = read([others[0]!, ...Bcc, ...others.slice(1)]);
    expect(Destination.BccAddresses).toEqual(["eve@gmx.de", "mallory@web.de", "bob@gmx.de"]);
    expect(Buffer.from(Content.Raw?.Data ?? "", "base64").toString()).toBe([...others, "", "Hi"].join("\r\n"));
  });

  test("keeps a line of its body that looks like a Bcc header", () => {
    const { Content } = read([from, to, "", "Bcc: in the body"]);
    expect(Buffer.from(Content.Raw?.Data ?? "", "base64").toString()).toContain("\r\n\r\nBcc: in the body");
  });

  test.each([
    ["a group", "To: Team: ann@gmail.com, Bob <bob@web.de>;", ["ann@gmail.com", "bob@web.de"]],
    ["a folded list", "To: Ann <ann@gmail.com>,\r\n bob@web.de", ["ann@gmail.com", "bob@web.de"]],
    ["two headers", "To: ann@gmail.com\r\nTO: bob@web.de", ["ann@gmail.com", "bob@web.de"]],
    [
      "comments",
      "To: (our) ann@gmail.com (Ann (in Bonn)), Bob (the son) <bob@web.de>",
      ["ann@gmail.com", "bob@web.de"],
    ],
    ["encoded words", "To: =?UTF-8?Q?J=C3=BCrgen,_H=40us?= <j@web.de>", ["j@web.de"]],
    [
      "a name in quotes with a comma and an address",
      'To: "Lee, Ann <ann@old.example>" <ann@gmail.com>',
      ["ann@gmail.com"],
    ],
    ["a Japanese carrier's address", 'To: "abc..def."@docomo.ne.jp', ['"abc..def."@docomo.ne.jp']],
    ["a quoted local part that needs no quotes", 'To: "ann"@gmail.com', ["ann@gmail.com"]],
  ])("reads recipients written with %s", (_, header, ToAddresses) => {
    expect(read([from, header]).Destination.ToAddresses).toEqual(ToAddresses);
  });

  test.each(["\r\n", "\n"])("may end its lines with %j", (lineEnd) => {
    expect(read([from, to], {}, lineEnd).Destination.ToAddresses).toEqual(["ann@gmail.com"]);
  });

  test.each([
    ["undisclosed recipients", "To: undisclosed-recipients:;", /has 0 recipients: expected 1 to 50/],
    ["no recipients", "Subject: Hi", /Destination: names nobody, and in its place the raw mail has 0 recipients/],
    ["51 recipients", `To: ${"a@gmail.com, ".repeat(50)}b@gmail.com`, /has 51 recipients/],
    [
      "a recipient that is no address",
      "To: ann",
      /To, Cc or Bcc header of the raw mail cannot be read: expected addresses/,
    ],
    ["a domain in Unicode", "To: ann@bücher.example", /header to that is not ASCII.*domains in punycode/],
    ["two addresses where one is expected", "To: ann@gmail.com bob@web.de", /cannot be read: expected addresses/],
  ])("is refused with %s, with what to do", (_, header, sentence) => {
    expect(sentenceFor([from, header])).toMatch(sentence);
  });

  test("is refused when its From has several addresses, and taken when the request says which of them sends", () => {
    const several = "From: news@example.com, Ann <ann@example.com>";
    expect(sentenceFor([several, "Sender: news@example.com", to])).toMatch(
      /FromEmailAddress: is missing, and the From header has several addresses: expected the one that sends/,
    );
    expect(read([several, to], { FromEmailAddress: "news@example.com" }).FromEmailAddress).toBe("news@example.com");
  });

  test("gets its bounces forwarded to its Return-Path, unless the request says where", () => {
    const lines = [from, to, "Return-Path: <bounces@example.com>"];
    expect(read(lines).FeedbackForwardingEmailAddress).toBe("bounces@example.com");
    const FeedbackForwardingEmailAddress = "fbl@example.com";
    expect(read(lines, { FeedbackForwardingEmailAddress })).toMatchObject({ FeedbackForwardingEmailAddress });
  });
});

describe("the tags of raw mail", () => {
  const tags = "X-SES-MESSAGE-TAGS: campaign=autumn, ses:feedback-id-a=shop";

  test("are read from its header, and one of the request's counts before one of the same name", () => {
    const EmailTags = [{ Name: "campaign", Value: "winter" }];
    expect(read([from, to, tags], { EmailTags }).EmailTags).toEqual([
      ...EmailTags,
      { Name: "ses:feedback-id-a", Value: "shop" },
    ]);
  });

  test("are refused when they start like our own", () => {
    expect(sentenceFor([from, to, "x-ses-message-tags: sw-pool=mine"])).toMatch(
      /a tag in the header x-ses-message-tags that starts with sw-, which is kept/,
    );
  });
});

describe("raw mail is refused, with what to do,", () => {
  test.each([
    ["without From", [to], /has no From header: expected one/],
    ["with two From headers", [from, "FROM: other@example.com"], /has 2 From headers: expected one/],
    ["with a From that names nobody", ["From: Shop"], /a From header that cannot be read/],
    [
      "with an address that its display name hides",
      ["From: ceo@bank.example <news@example.com>"],
      /From header that cannot be read/,
    ],
    [
      "with two addresses in Sender",
      [from, "Sender: a@example.com, b@example.com"],
      /Sender header that cannot be read: expected one address/,
    ],
    [
      "with a name in 8 bits",
      ["From: Jürgen <news@example.com>"],
      /header from that is not ASCII: write names as RFC 2047/,
    ],
    [
      "with a configuration set",
      [from, "X-SES-CONFIGURATION-SET: mine"],
      /x-ses-configuration-set: .*name a stream instead/,
    ],
    ["with a tenant", [from, "x-Ses-Tenant: acme"], /x-ses-tenant: write it as TenantName of the request/],
    ["with a source ARN", [from, "X-SES-SOURCE-ARN: arn:aws:ses:x"], /write it as FromEmailAddressIdentityArn/],
    [
      "with a header for SES that is new to us",
      [from, "X-SES-NEW: 1"],
      /none that ses-warmup knows: remove the header/,
    ],
    ["with blanks before the colon", [from, "Sender : ceo@bank.example"], /line 2 is no header: expected Name: value/],
    [
      "with a carriage return inside a header",
      [from, "X-Ref: 1\rSender: ceo@bank.example"],
      /line 2 has a control character/,
    ],
    [
      "with another line end than the first",
      [from, "X-Ref: 1\nSender: ceo@bank.example"],
      /line 2 has a control character, or another line end/,
    ],
    ["with a null byte", [from, "X-Ref: \u0000"], /line 2 has a control character/],
    ["with a line of blanks", [from, " ", "Sender: ceo@bank.example"], /line 2 is no header/],
    [
      "with a mailbox file's first line",
      ["From news@example.com Mon Nov  2 10:00:00 2026", from],
      /line 1 is no header/,
    ],
    [
      "with a Bcc beside a Destination",
      [from, "Bcc: eve@evil.example"],
      /Bcc header as well: name those recipients in BccAddresses/,
    ],
    ["with a Resent-Bcc", [from, "Resent-Bcc: eve@evil.example"], /resent-bcc: its readers could see it/],
  ])("%s", (_, lines, sentence) => {
    const said = sentenceFor(lines, request);
    expect(said).toMatch(sentence);
    expect(said).not.toMatch(/ceo|bank|evil|Jürgen/);
  });

  test("without headers", () => {
    expect(sentenceFor([""], request)).toMatch(/has no headers before its first blank line/);
  });

  test.each(["not base64!", "SGk", "SGk=\r\nSGk=", "", 5, { type: "Buffer", data: [72] }])(
    "as %j, which is no base64",
    (Data) => {
      const email = { ...request, Content: { Raw: { Data } } };
      const result = parseSendMessage(JSON.stringify(aSendMessage({ email })));
      expect(result).toMatchObject({
        reason: { sentence: expect.stringMatching(/email\.Content\.Raw\.Data: .*base64 text/) },
      });
    },
  );
});

test("what SES once wrote on mail that is passed on may stay", () => {
  const lines = ["X-SES-Outgoing: 2026.11.02-1.2.3.4", "Received: from a by b", from, to];
  expect(read(lines).FromEmailAddress).toBe("news@example.com");
});
