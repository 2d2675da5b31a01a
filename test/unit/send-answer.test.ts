import { AccountSuspendedException, TooManyRequestsException } from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import { answerForError } from "../../shared/adapters/ses/answer/answer-for-error.ts";
import { named, sesError, template, told } from "../support/ses-answers.ts";

const accountPause =
  "Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.";

describe("what holds for the whole account", () => {
  test.each([
    ["MessageRejected", accountPause],
    ["MessageRejected", "Account is paused"],
    ["MessageRejected", "Message rejected: Sending paused for this account."],
    ["MessageRejected", "Sending suspended for this account"],
    ["SendingPausedException", "Sending is paused for this account."],
    ["SendingPausedException", "Email sending for the account is paused."],
    ["SendingPausedException", ""],
    ["AccountSendingPausedException", "Email sending is disabled for your entire Amazon SES account."],
    ["AccountSuspendedException", "Your account is suspended."],
    ["BadRequestException", "Sending is currently suspended for this account."],
  ])("a pause as %s: %s", (name, message) => {
    expect(told(sesError(name, message, 400))).toBe("ses-paused *");
  });

  test.each([
    ["TooManyRequestsException", 429],
    ["ThrottlingException", 400],
    ["Throttling", 400],
    ["LimitExceededException", 400],
    ["MessageRejected", 400],
  ])("the day's quota as %s", (name, status) => {
    expect(told(sesError(name, "Daily message quota exceeded.", status))).toBe("ses-quota *");
  });

  test.each(["ExpiredTokenException", "ExpiredToken", "InvalidSignatureException", "UnrecognizedClientException"])(
    "credentials that do not hold: %s",
    (name) => {
      expect(told(sesError(name, "The security token is not good", 403))).toBe("ses-misconfigured *");
    },
  );

  test("credentials that could not be had, before any call", () => {
    expect(told(Object.assign(new Error("none"), { name: "CredentialsProviderError" }))).toBe("ses-misconfigured *");
  });
});

describe("what may be another answer in a moment", () => {
  test.each([
    ["TooManyRequestsException", "Maximum sending rate exceeded.", 429],
    ["ThrottlingException", "Rate exceeded", 400],
    ["Throttling", "Maximum sending rate exceeded.", 400],
    ["LimitExceededException", "Maximum sending rate exceeded.", 400],
  ])("over the rate as %s: %s", (name, message, status) => {
    expect(told(sesError(name, message, status))).toBe("throttled");
  });

  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"])("SES out of reach: %s", (code) => {
    expect(told(Object.assign(new Error("connect"), { code }))).toBe("unreachable");
  });
});

describe("what nobody knows: SES may have taken the mail", () => {
  test.each([
    ["a time-out at SES", sesError("RequestTimeout", "?", 408)],
    ["a server error", sesError("InternalFailure", "?", 500)],
    ["a server error that looks like throttling", sesError("ThrottlingException", "?", 503)],
    ["a server error that speaks of the account", sesError("InternalFailure", accountPause, 500)],
    ["a time-out", Object.assign(new Error("aborted"), { name: "AbortError" })],
    ["a cut connection", Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })],
    ["a reply that could not be read", Object.assign(new SyntaxError("bad JSON"), { $metadata: {} })],
    ["no error at all", "thrown text"],
  ])("%s", (_, thrown) => {
    expect(told(thrown)).toBe("unknown");
  });
});

test("the SDK's own classes are read by name", () => {
  const from = { $metadata: { httpStatusCode: 429 }, message: "Maximum sending rate exceeded." };
  expect(told(new TooManyRequestsException(from))).toBe("throttled");
  expect(told(new AccountSuspendedException({ $metadata: { httpStatusCode: 400 }, message: "" }))).toBe("ses-paused *");
});

describe("the sentence of a refusal", () => {
  test("says what to do", () => {
    expect(answerForError(sesError("NotFoundException", "Template a", 404), named(template("a")))).toMatchObject({
      sentence: expect.stringMatching(/create it, then send it again/),
    });
  });

  test("never quotes SES: its message may hold an address", () => {
    const thrown = ["MessageRejected", "BadRequestException", "NotFoundException", "Strange"].map((name) =>
      sesError(
        name,
        "Email address is not verified. The following identities failed the check in region A: ann@gmail.com",
        400,
      ),
    );
    for (const each of thrown) expect(JSON.stringify(answerForError(each, named()))).not.toContain("ann@");
  });
});
