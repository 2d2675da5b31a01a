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
  readonly complaint?:
    | {
        readonly complaintFeedbackType?: string | null | undefined;
        readonly complaintSubType?: string | null | undefined;
      }
    | undefined;
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
      return each(delayedRecipients, ({ text, isWordless }) => {
        const found = classifyReply({ ...around, text, delayType });
        return isWordless ? understood(found) : found;
      });
    }
    case "Reject":
      return [said("content_rejected", "ses-reject")];
    case "Complaint":
      return [ofComplaint(event.complaint)];
    default:
      return [said("not_a_signal", "ses-no-refusal")];
  }
}

/** Feedback types (RFC 5965, RFC 6591) that no reader of the mail sent: the receiver's own checks, and a word for us. */
const noComplaints: ReadonlyMap<string, ClassifiedRecipient["rule"]> = new Map([
  ["not-spam", "ses-complaint-not-spam"],
  ["auth-failure", "ses-complaint-auth-failure"],
]);

/** What SES's own list kept back nobody has seen, and nobody complained of (SES developer guide, complaint object). */
const keptBack = /^On\w*SuppressionList$/;

function ofComplaint(complaint: RepliedEvent["complaint"]): ClassifiedRecipient {
  const { complaintFeedbackType, complaintSubType } = complaint ?? {};
  if (keptBack.test(complaintSubType ?? "")) return said("not_a_signal", "ses-complaint-suppressed");
  const none = noComplaints.get(complaintFeedbackType ?? "");
  return none === undefined ? said("other", "ses-complaint") : said("not_a_signal", none);
}

function ofBounce(bounce: RepliedEvent["bounce"], around: EventSurroundings): readonly ClassifiedRecipient[] {
  const { bounceType: type = "", bounceSubType: subType = "", bouncedRecipients = [] } = bounce ?? {};
  return each(bouncedRecipients, ({ text, isWordless }) => {
    const found = classifyReply({ ...around, text, bounce: { type, subType } });
    if (type !== "Permanent") return isWordless ? understood(found) : found;
    // Permanent without a word of the receiver: SES counts it as a hard bounce, and so should we.
    return text === "" && found.unclassified ? { ...found, label: "recipient_invalid", rule: "ses-permanent" } : found;
  });
}

/**
 * Of an automatic answer (out of office) and of many a delay SES passes on no word: nothing is there that a rule could
 * know, so nobody is asked to look.
 */
function understood(found: Classification): Classification {
  return found.unclassified ? { ...found, rule: "ses-without-words", unclassified: false } : found;
}

/** What is there to read of a recipient. Without a diagnostic code, the enhanced status is all there is. */
interface Said {
  readonly text: string;
  readonly isWordless: boolean;
}

function each(recipients: readonly Recipient[], read: (said: Said) => Classification): ClassifiedRecipient[] {
  const listed: readonly Partial<Recipient>[] = recipients.length === 0 ? [{}] : recipients;
  return listed.map(({ emailAddress, diagnosticCode = "", status = "" }) => {
    const isWordless = diagnosticCode === "";
    return { emailAddress, ...read({ text: isWordless ? status : diagnosticCode, isWordless }) };
  });
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
