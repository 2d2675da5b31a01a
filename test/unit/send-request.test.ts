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

  test("turns raw content from base64 into bytes", () => {
    const Data = Buffer.from("From: a\r\n\r\nü").toString("base64");
    expect(requestFor({ Content: { Raw: { Data } } }).Content).toEqual({
      Raw: { Data: Buffer.from("From: a\r\n\r\nü") },
    });
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
