import { describe, expect, test } from "vitest";
import { sendRequest } from "../../shared/adapters/ses/send-request.ts";
import { aSendMessage, parsed } from "../support/builders.ts";

const tags = {
  "sw-id": "batch-0-1",
  "sw-pool": "news",
  "sw-route": "warming",
  "sw-provider": "gmail",
  "sw-day": "2026-11-02",
  "sw-stream": "news",
  "sw-message": "order-1",
};
const requestFor = (email: Record<string, unknown> = {}) =>
  sendRequest("news-warming", parsed(aSendMessage({ email })).email, tags);

describe("the SES request", () => {
  test("names the route's configuration set", () => {
    expect(requestFor().ConfigurationSetName).toBe("news-warming");
  });

  test("carries our tags beside the application's", () => {
    const { EmailTags } = requestFor({ EmailTags: [{ Name: "campaign", Value: "autumn" }] });
    expect(EmailTags).toEqual([
      { Name: "campaign", Value: "autumn" },
      ...Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
    ]);
  });

  test("has at most the 50 tags that SES takes, with as many of the application's as are accepted", () => {
    const most = Array.from({ length: 50 }, (_, index) => ({ Name: `t${index}`, Value: "1" }));
    const accepted = most
      .map((__, count) => most.slice(0, count))
      .filter((EmailTags) => {
        try {
          return requestFor({ EmailTags }) !== undefined;
        } catch {
          return false;
        }
      });
    expect(requestFor({ EmailTags: accepted.at(-1) }).EmailTags?.length).toBeLessThanOrEqual(50);
  });

  test("turns raw content from base64 into bytes, and keeps what was read of it here", () => {
    const Data = Buffer.from("From: a@example.com\r\n\r\n\u00fc");
    expect(requestFor({ Content: { Raw: { Data: Data.toString("base64") } } }).Content).toEqual({ Raw: { Data } });
  });

  test("turns attachments from base64 into bytes and leaves the rest", () => {
    const Attachments = [{ RawContent: Buffer.from([0, 255]).toString("base64"), FileName: "a.bin" }];
    const Subject = { Data: "Hi" };
    const Body = { Text: { Data: "Hi" } };
    expect(requestFor({ Content: { Simple: { Subject, Body, Attachments } } }).Content).toEqual({
      Simple: { Subject, Body, Attachments: [{ RawContent: Buffer.from([0, 255]), FileName: "a.bin" }] },
    });
  });

  test("passes everything else on as the application wrote it", () => {
    const email = {
      FromEmailAddress: "Shop <news@example.com>",
      Destination: { ToAddresses: ["a@gmail.com"], BccAddresses: ["b@gmail.com"] },
      ReplyToAddresses: ["help@example.com"],
      ListManagementOptions: { ContactListName: "all", TopicName: "news" },
      Content: { Template: { TemplateName: "news", TemplateData: "{}" } },
    };
    expect(requestFor(email)).toMatchObject(email);
  });
});

describe("characters beyond ASCII", () => {
  const from = (FromEmailAddress: string) => requestFor({ FromEmailAddress }).FromEmailAddress ?? "";

  test.each([
    ["Kristóf <a@example.com>", "=?UTF-8?B?S3Jpc3TDs2Y=?= <a@example.com>"],
    ['"Groß, Jürgen" <a@example.com>', `=?UTF-8?B?${Buffer.from("Groß, Jürgen").toString("base64")}?= <a@example.com>`],
    [
      '"Jürgen \\"JJ\\" Groß" <a@example.com>',
      `=?UTF-8?B?${Buffer.from('Jürgen "JJ" Groß').toString("base64")}?= <a@example.com>`,
    ],
    ['東京 <"a..b"@example.com>', `=?UTF-8?B?${Buffer.from("東京").toString("base64")}?= <"a..b"@example.com>`],
  ])("in a name are encoded: %s", (written, encoded) => {
    expect(from(written)).toBe(encoded);
  });

  test.each(['"Lee, Ann" <a@example.com>', "=?UTF-8?Q?J=C3=BCrgen?= <a@example.com>", "a@example.com"])(
    "are not seen where there are none: %s goes on as it is",
    (written) => {
      expect(from(written)).toBe(written);
    },
  );

  test("in a long name become encoded words of at most 75 characters, none cut inside a character", () => {
    const name = "🦋é".repeat(150);
    const words = from(`${name} <a@example.com>`).replace(" <a@example.com>", "").split(" ");
    expect(words.length).toBeGreaterThan(1);
    expect(words.filter(({ length }) => length > 75)).toEqual([]);
    const decoded = words.map((word) =>
      Buffer.from(word.slice("=?UTF-8?B?".length, -"?=".length), "base64").toString(),
    );
    expect(decoded.join("")).toBe(name);
  });

  test("are encoded in the names of everyone a mail names", () => {
    const name = (address: string) => `Zoë <${address}>`;
    const encoded = (address: string) => `=?UTF-8?B?Wm/Dqw==?= <${address}>`;
    const all = (form: (address: string) => string) => ({
      FromEmailAddress: form("from@example.com"),
      Destination: {
        ToAddresses: [form("to@example.com")],
        CcAddresses: [form("cc@example.com")],
        BccAddresses: [form("bcc@example.com")],
      },
      ReplyToAddresses: [form("reply@example.com")],
      FeedbackForwardingEmailAddress: form("fbl@example.com"),
    });
    expect(requestFor(all(name))).toMatchObject(all(encoded));
  });

  test("in subject and text are told to SES as UTF-8, unless the application names a charset", () => {
    const mail = (charset: object) => ({
      Simple: {
        Subject: { Data: "Grüße", ...charset },
        Body: { Text: { Data: "Grüße", ...charset }, Html: { Data: "<p>Hi</p>" } },
      },
    });
    expect(requestFor({ Content: mail({}) }).Content).toEqual(mail({ Charset: "UTF-8" }));
    const Charset = "ISO-8859-1";
    expect(requestFor({ Content: mail({ Charset }) }).Content).toEqual(mail({ Charset }));
  });
});
