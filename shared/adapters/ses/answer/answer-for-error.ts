import { account } from "../../../domain/sending/circuit-scope.ts";
import type { SendAnswer } from "../../../ports/mail-sender.ts";
import { answerOfDenied, answerOfOwn, answerOfRefusal, answerOfUnverified } from "./message-answers.ts";
import type { Named } from "./named.ts";
import { isOf, type SesError, sesErrorOf } from "./ses-error.ts";
import { answerOfPause, answerOfRoute } from "./stop-answers.ts";

/** What an error means; undefined when a rule does not know it. */
export type Rule = (error: SesError, named: Named) => SendAnswer | undefined;

const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** Only an answer of SES proves that nothing was sent. */
const withoutAnswer: Rule = ({ code, status }) => {
  if (neverConnected.has(code)) return { kind: "unreachable" };
  // No status: no answer arrived. A server error or a time-out there: SES may have taken the mail before it failed.
  return status === undefined || status >= 500 || status === 408 ? { kind: "unknown" } : undefined;
};

const isThrottling = ({ name, status }: SesError): boolean => status === 429 || /throttl|toomanyrequests/i.test(name);
const isQuota = ({ message }: SesError): boolean => /\b(?:daily|24.?hour|message quota)\b/i.test(message);

const quotaSpent: SendAnswer = {
  kind: "stopped",
  scope: account,
  reason: "ses-quota",
  sentence: "The account's sending quota of 24 hours is spent: wait, or ask AWS for more.",
};

/** Class and sentence are both looked at: which class tells of the day's quota is documented nowhere. */
const rateAndQuota: Rule = (error) => {
  if (/^(?:daily|24.?hour) (?:message|sending) quota exceeded/i.test(error.message)) return quotaSpent;
  if (isThrottling(error)) return isQuota(error) ? quotaSpent : { kind: "throttled" };
  if (isOf(error, "LimitExceeded") && isQuota(error)) return quotaSpent;
  return /^maximum sending rate exceeded/i.test(error.message) ? { kind: "throttled" } : undefined;
};

const credentialErrors = [
  "CredentialsProviderError",
  "ExpiredToken",
  "IncompleteSignature",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSignature",
  "MissingAuthenticationToken",
  "RequestExpired",
  "SignatureDoesNotMatch",
  "UnrecognizedClient",
] as const;

const credentials: Rule = (error) =>
  isOf(error, ...credentialErrors)
    ? {
        kind: "stopped",
        scope: account,
        reason: "ses-misconfigured",
        sentence: "SES does not accept the credentials of the dispatcher's role: look at the role and at its clock.",
      }
    : undefined;

/** In this order; the first that knows the error answers. */
const rules: readonly Rule[] = [
  (error, named) => (isOf(error, "CredentialsProviderError") ? credentials(error, named) : undefined),
  withoutAnswer,
  rateAndQuota,
  credentials,
  answerOfPause,
  answerOfOwn,
  answerOfRoute,
  answerOfUnverified,
  answerOfDenied,
  answerOfRefusal,
];

/**
 * Reads what a failed SendEmail call means: by SES's class and sentence, and by what the message itself named. Sentences
 * never quote SES's: it may hold an address.
 */
export function answerForError(error: unknown, named: Named): SendAnswer {
  const found = sesErrorOf(error);
  for (const rule of rules) {
    const answer = rule(found, named);
    if (answer !== undefined) return answer;
  }
  throw new TypeError("the last rule answers every error");
}
