import { expect, test } from "vitest";
import { InvalidSendMessageError, sendMessageBody } from "../../shared/client/send-message-body.ts";
import { parseSendMessage } from "../../shared/contracts/send-message.ts";

const message = {
  version: 1,
  id: "order-8341-receipt",
  stream: "receipts",
  email: {
    FromEmailAddress: "shop@example.com",
    Destination: { ToAddresses: ["someone@gmail.com"] },
    Content: { Simple: { Subject: { Data: "Hello" }, Body: { Text: { Data: "Hi" } } } },
  },
  sendBefore: "2026-11-02T10:00:00Z",
} as const;

test("a body made by the client is one the dispatcher accepts", () => {
  const body = sendMessageBody({
    ...message,
    email: { ...message.email, Destination: { ToAddresses: ["a@b.example"] } },
  });
  expect(parseSendMessage(body)).toMatchObject({ kind: "good", message: { id: "order-8341-receipt" } });
});

test("a sendAfter that is kept by nobody shows in the application", () => {
  const { sendBefore: _, ...times } = message;
  const rest = { ...times, email: { ...message.email, Destination: { ToAddresses: ["a@b.example"] } } };
  const enqueuedAtMs = Date.parse("2026-11-02T10:00:00Z");
  expect(() => sendMessageBody({ ...rest, sendAfter: "2028-01-01T00:00:00Z" }, enqueuedAtMs)).toThrow("13 months");
  expect(sendMessageBody({ ...rest, sendAfter: "2027-11-01T00:00:00Z" }, enqueuedAtMs)).toContain("sendAfter");
});

test("a mistake shows in the application, in the words the quarantine would use", () => {
  const wrong = { ...message, email: { ...message.email, Destination: { ToAddresses: [] } } };
  expect(() => sendMessageBody(wrong)).toThrow(InvalidSendMessageError);
  expect(() => sendMessageBody(wrong)).toThrow("has 0 recipients: expected 1 to 50");
});
