import type { SendAnswer } from "../../ports/mail-sender.ts";

/** What an error of the SES client carries; anything else that is thrown has less of it. */
interface SesError {
  readonly name: string;
  readonly message: string;
  /** Code of the network's or the client's own error. */
  readonly code: string;
  /** HTTP status of SES's answer; undefined when there was none. */
  readonly status: number | undefined;
}

interface Rule {
  readonly when: (error: SesError) => boolean;
  readonly answer: SendAnswer;
}

const named =
  (...names: readonly string[]) =>
  ({ name }: SesError): boolean =>
    names.includes(name);
const refused = (sentence: string): SendAnswer => ({ kind: "refused", sentence });

const isThrottling = ({ name, status }: SesError): boolean => status === 429 || /throttl|toomanyrequests/i.test(name);
const isQuota = ({ message }: SesError): boolean => /daily|24.?hour|message quota/i.test(message);
const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/**
 * SES's errors and what they mean, first match wins. Name and message are both looked at because the class of "daily
 * quota exceeded" is not documented for the v2 API. Sentences never quote SES's message: it may hold an address.
 */
const rules: readonly Rule[] = [
  { when: ({ code }) => neverConnected.has(code), answer: { kind: "throttled" } },
  { when: named("CredentialsProviderError"), answer: { kind: "misconfigured" } },
  // No status: no answer arrived. A server error or a time-out there: SES may have taken the mail before it failed.
  { when: ({ status }) => status === undefined || status >= 500 || status === 408, answer: { kind: "unknown" } },
  { when: (error) => isThrottling(error) && isQuota(error), answer: { kind: "quota-spent" } },
  { when: isThrottling, answer: { kind: "throttled" } },
  { when: named("LimitExceededException"), answer: { kind: "quota-spent" } },
  { when: named("AccountSuspendedException"), answer: { kind: "paused", scope: "account" } },
  { when: named("SendingPausedException"), answer: { kind: "paused", scope: "configuration-set" } },
  { when: ({ status }) => status === 403 || status === 401, answer: { kind: "misconfigured" } },
  {
    when: named(
      "AccessDeniedException",
      "AccessDenied",
      "ExpiredTokenException",
      "InvalidSignatureException",
      "UnrecognizedClientException",
      "MailFromDomainNotVerifiedException",
    ),
    answer: { kind: "misconfigured" },
  },
  {
    when: ({ name, message }) => /^NotFound/.test(name) && !/template|tenant/i.test(message),
    answer: { kind: "misconfigured" },
  },
  {
    when: ({ name, message }) => name === "MessageRejected" && /not verified/i.test(message),
    answer: refused(
      "SES says an address is not verified in this region: verify the From identity, then send it again.",
    ),
  },
  {
    when: named("MessageRejected"),
    answer: refused("SES rejected the content of this message: correct it and send it under a new id."),
  },
  {
    when: ({ name }) => /^NotFound/.test(name),
    answer: refused("SES does not know the template or tenant this message names: create it, then send it again."),
  },
  {
    when: named("BadRequestException", "ValidationException", "SerializationException"),
    answer: refused("SES says the request is invalid: correct the message and send it under a new id."),
  },
];

/** Reads what a failed SendEmail call means. Only an answer of SES proves that nothing was sent. */
export function answerForError(error: unknown): SendAnswer {
  const found = describe(error);
  const rule = rules.find(({ when }) => when(found));
  // An answer nobody has seen yet is no reason to give up good mail: it waits until somebody has looked.
  return rule?.answer ?? { kind: "misconfigured" };
}

function describe(error: unknown): SesError {
  if (!(error instanceof Error)) return { name: "unknown", message: "", code: "", status: undefined };
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  const hasStatus = typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata;
  const status = hasStatus && typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return { name: error.name, message: error.message, code, status };
}
