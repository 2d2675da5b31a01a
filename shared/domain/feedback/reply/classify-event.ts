import { type Classification, classifyReply } from "./classify-reply.ts";
import type { ReplyLabel } from "./label.ts";

/** A recipient as bounces and delays of SES list it. */
interface Recipient {
  readonly emailAddress: string;
  readonly status?: string | undefined;
  readonly diagnosticCode?: string | undefined;
}

/** What is read of an SES event. */
export interface RepliedEvent {
  readonly eventType: string;
  readonly bounce?:
    | { readonly bounceType: string; readonly bounceSubType: string; readonly bouncedRecipients: readonly Recipient[] }
    | undefined;
  readonly complaint?: { readonly complaintFeedbackType?: string | null | undefined } | undefined;
  readonly deliveryDelay?: { readonly delayType: string; readonly delayedRecipients: readonly Recipient[] } | undefined;
}

/** What is known of our side when an event is read. */
export interface EventSurroundings {
  /** Who received, as the provider directory names it. */
  readonly provider?: string | undefined;
  /** IPs we send from. */
  readonly ownIps?: readonly string[] | undefined;
}

/** One recipient's part of an event. */
export interface ClassifiedRecipient extends Classification {
  /** As SES writes it; undefined when the event lists no recipient. */
  readonly emailAddress: string | undefined;
}

const said = (label: ReplyLabel, rule: string, unclassified = false): ClassifiedRecipient => ({
  emailAddress: undefined,
  label,
  backoff: false,
  rule,
  unclassified,
});

/** Tells what an SES event asks for, recipient by recipient; at least one answer. */
export function classifyEvent(event: RepliedEvent, around: EventSurroundings = {}): readonly ClassifiedRecipient[] {
  const { eventType, bounce, deliveryDelay } = event;
  switch (eventType) {
    case "Bounce":
      return ofBounce(bounce, around);
    case "DeliveryDelay": {
      const { delayType = "", delayedRecipients = [] } = deliveryDelay ?? {};
      return each(delayedRecipients, (text) => classifyReply({ ...around, text, delayType }));
    }
    case "Reject":
      return [said("content_rejected", "ses-reject")];
    case "Complaint":
      return [
        event.complaint?.complaintFeedbackType === "not-spam"
          ? said("not_a_signal", "ses-complaint-not-spam")
          : said("other", "ses-complaint"),
      ];
    default:
      return [said("not_a_signal", "ses-no-refusal")];
  }
}

function ofBounce(bounce: RepliedEvent["bounce"], around: EventSurroundings): readonly ClassifiedRecipient[] {
  const { bounceType: type = "", bounceSubType: subType = "", bouncedRecipients = [] } = bounce ?? {};
  return each(bouncedRecipients, (text) => {
    const found = classifyReply({ ...around, text, bounce: { type, subType } });
    // Permanent without a word of the receiver: SES counts it as a hard bounce, and so should we.
    const silent = text === "" && found.unclassified && type === "Permanent";
    return silent ? { label: "recipient_invalid", backoff: false, rule: "ses-permanent", unclassified: true } : found;
  });
}

/** Without a diagnostic code, the enhanced status is all there is. */
function each(recipients: readonly Recipient[], read: (text: string) => Classification): ClassifiedRecipient[] {
  const listed: readonly Partial<Recipient>[] = recipients.length === 0 ? [{}] : recipients;
  return listed.map(({ emailAddress, diagnosticCode, status = "" }) => ({
    emailAddress,
    ...read(diagnosticCode === undefined || diagnosticCode === "" ? status : diagnosticCode),
  }));
}

/** From what concerns every mail to a provider to what concerns nobody. */
const gravity: readonly ReplyLabel[] = [
  "blocked",
  "throttled",
  "policy_auth",
  "content_rejected",
  "recipient_invalid",
  "mailbox_full",
  "network",
  "other",
  "not_a_signal",
];

/** The one answer that stands for an event of several recipients: what we must act on first. */
export function gravest(found: readonly ClassifiedRecipient[]): ClassifiedRecipient {
  const [first, ...rest] = found;
  if (first === undefined) return said("other", "ses-no-recipient", true);
  return rest.reduce(
    (worst, next) => (gravity.indexOf(next.label) < gravity.indexOf(worst.label) ? next : worst),
    first,
  );
}
