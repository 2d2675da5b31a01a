/** What became of a message at one recipient, as far as an event tells. */
export type MailOutcome = "accepted" | "delivered" | "deferred" | "blocked" | "bounced" | "complained";

/** The facts of one event about one recipient. */
export interface EventFacts {
  readonly eventType: string;
  readonly bounceType?: string | undefined;
  readonly bounceSubType?: string | undefined;
  readonly delayType?: string | undefined;
  readonly complaintFeedbackType?: string | null | undefined;
  /** The receiver's reply. */
  readonly diagnosticCode?: string | undefined;
}

/** SES's own lists and checks: the mailbox provider never saw this mail. */
const notASignal = new Set([
  "Suppressed",
  "OnAccountSuppressionList",
  "OnTenantSuppressionList",
  "EmailValidationSuppressed",
  "UnsubscribedRecipient",
]);

/** Delays that the receiver causes on purpose (SES developer guide, delay types). */
const refusingDelays = new Set(["IPFailure", "SpamDetected"]);

const expired = /4\.4\.7|expired/i;
const policyReply = /\b5\.7\.\d+|\bblock|\bS3140\b|\bS3150\b|reputation/i;

/** Reads an event; undefined when it says nothing about the mailbox provider's view of our IPs. */
export function outcomeOf(facts: EventFacts): MailOutcome | undefined {
  switch (facts.eventType) {
    case "Send":
      return "accepted";
    case "Delivery":
      return "delivered";
    case "Complaint":
      return facts.complaintFeedbackType === "not-spam" ? undefined : "complained";
    case "DeliveryDelay":
      return refusingDelays.has(facts.delayType ?? "") ? "deferred" : undefined;
    case "Bounce":
      return bounceOutcome(facts);
    default:
      return undefined;
  }
}

function bounceOutcome({ bounceType, bounceSubType = "", diagnosticCode = "" }: EventFacts): MailOutcome | undefined {
  if (notASignal.has(bounceSubType) || bounceSubType === "MailboxFull") return undefined;
  // Its delays were counted as deferrals on the way.
  if (expired.test(diagnosticCode)) return undefined;
  if (policyReply.test(diagnosticCode)) return "blocked";
  return bounceType === "Permanent" ? "bounced" : undefined;
}
