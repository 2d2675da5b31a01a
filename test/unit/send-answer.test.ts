import { AccountSuspendedException, TooManyRequestsException } from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import { answerForError } from "../../shared/adapters/ses/send-answer.ts";

const error = (name: string, message: string, httpStatusCode?: number) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

describe("what a failed call means", () => {
  test.each([
    ["over the rate", error("TooManyRequestsException", "Maximum sending rate exceeded.", 429), "throttled"],
    ["over the rate, generic name", error("ThrottlingException", "Rate exceeded", 400), "throttled"],
    ["daily quota", error("TooManyRequestsException", "Daily message quota exceeded.", 429), "quota-spent"],
    ["daily quota, other class", error("LimitExceededException", "Daily message quota exceeded", 400), "quota-spent"],
    ["a limit without a word on days", error("LimitExceededException", "Limit exceeded", 400), "quota-spent"],
    ["suspended", error("AccountSuspendedException", "Your account is suspended", 400), "paused"],
    ["paused", error("SendingPausedException", "Sending is paused", 400), "paused"],
    ["unverified", error("MessageRejected", "Email address is not verified: a@example.com", 400), "refused"],
    ["rejected", error("MessageRejected", "Content rejected", 400), "refused"],
    ["no configuration set", error("NotFoundException", "Configuration set does not exist", 404), "misconfigured"],
    ["no template", error("NotFoundException", "Template a does not exist", 404), "refused"],
    ["MAIL FROM", error("MailFromDomainNotVerifiedException", "not verified", 400), "misconfigured"],
    ["invalid", error("BadRequestException", "bad", 400), "refused"],
    ["denied", error("AccessDeniedException", "not authorized", 403), "misconfigured"],
    ["expired credentials", error("ExpiredTokenException", "expired", 403), "misconfigured"],
    ["a refusal nobody knows", error("BrandNewException", "?", 400), "misconfigured"],
    ["SES out of reach", Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "throttled"],
    ["a time-out at SES", error("RequestTimeout", "?", 408), "unknown"],
    ["a server error", error("InternalFailure", "?", 500), "unknown"],
    ["a server error that looks like throttling", error("ThrottlingException", "?", 503), "unknown"],
    ["a time-out", Object.assign(new Error("aborted"), { name: "AbortError" }), "unknown"],
    ["a cut connection", Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }), "unknown"],
    ["a reply that could not be read", Object.assign(new SyntaxError("bad JSON"), { $metadata: {} }), "unknown"],
    ["no error at all", "thrown text", "unknown"],
  ] as const)("%s", (_, thrown, kind) => {
    expect(answerForError(thrown).kind).toBe(kind);
  });

  test("the SDK's own classes are read by name", () => {
    const from = { $metadata: { httpStatusCode: 429 }, message: "Maximum sending rate exceeded." };
    expect(answerForError(new TooManyRequestsException(from)).kind).toBe("throttled");
    expect(answerForError(new AccountSuspendedException({ $metadata: { httpStatusCode: 400 }, message: "" }))).toEqual({
      kind: "paused",
      scope: "account",
    });
  });
});

describe("the sentence of a refusal", () => {
  test("says what to do", () => {
    expect(answerForError(error("NotFoundException", "Template a", 404))).toMatchObject({
      sentence: expect.stringMatching(/create it, then send it again/),
    });
  });

  test("never quotes SES: its message may hold an address", () => {
    const answer = answerForError(error("MessageRejected", "not verified: ann@example.com", 400));
    expect(JSON.stringify(answer)).not.toContain("ann@");
  });
});
