import type { SendAnswer } from "../../ports/mail-sender.ts";

/** What an error of the SES client carries; anything else that is thrown has none of it. */
interface SesError {
  readonly name: string;
  readonly message: string;
  /** HTTP status of SES's answer; undefined when there was none. */
  readonly status: number | undefined;
}

interface Rule {
  readonly names: readonly string[];
  readonly message?: RegExp;
  readonly answer: SendAnswer;
}

const refused = (sentence: string): SendAnswer => ({ kind: "refused", sentence });

/**
 * SES's errors and what they mean, first match wins. Name and message are both looked at because the class of "daily
 * quota exceeded" is not documented for the v2 API. Sentences never quote SES's message: it may hold an address.
 */
const rules: readonly Rule[] = [
  {
    names: ["TooManyRequestsException", "ThrottlingException", "LimitExceededException", "Throttling"],
    message: /daily|24.?hour|message quota/i,
    answer: { kind: "quota-spent" },
  },
  { names: ["TooManyRequestsException", "ThrottlingException", "Throttling"], answer: { kind: "throttled" } },
  { names: ["LimitExceededException"], answer: { kind: "quota-spent" } },
  { names: ["AccountSuspendedException", "SendingPausedException"], answer: { kind: "paused" } },
  {
    names: ["MailFromDomainNotVerifiedException"],
    answer: refused("SES says the MAIL FROM domain is not verified: fix its MX and SPF records, then redrive."),
  },
  {
    names: ["MessageRejected"],
    message: /not verified/i,
    answer: refused("SES says an address is not verified in this region: verify the From identity, then redrive."),
  },
  {
    names: ["MessageRejected", "MessageRejectedException"],
    answer: refused("SES rejected the content of this message: correct it and send it under a new id."),
  },
  {
    names: ["NotFoundException", "NotFound"],
    answer: refused(
      "SES does not know a configuration set, template or tenant this message needs: deploy or create it, then redrive.",
    ),
  },
  {
    names: ["BadRequestException", "ValidationException", "SerializationException"],
    answer: refused("SES says the request is invalid: correct the message and send it under a new id."),
  },
  {
    names: ["AccessDeniedException", "AccessDenied"],
    answer: refused(
      "SES denied the call: the dispatcher's role needs ses:SendEmail on the identity and on the configuration set.",
    ),
  },
];

/** Reads what a failed SendEmail call means. Only an answer of SES proves that nothing was sent. */
export function answerForError(error: unknown): SendAnswer {
  const { name, message, status } = describe(error);
  // No status: no answer arrived. A server error: SES may have taken the mail before it failed.
  if (status === undefined || status >= 500) return { kind: "unknown" };
  const rule = rules.find((each) => each.names.includes(name) && (each.message?.test(message) ?? true));
  return (
    rule?.answer ?? refused(`SES refused the call with ${name}: look the error up, correct its cause, then redrive.`)
  );
}

function describe(error: unknown): SesError {
  if (!(error instanceof Error)) return { name: "unknown", message: "", status: undefined };
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  const hasStatus = typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata;
  const status = hasStatus && typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
  return { name: error.name, message: error.message, status };
}
