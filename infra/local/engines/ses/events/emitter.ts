import type { Bounced } from "../delivery/attempt-result.ts";
import { statusOf } from "../delivery/replies.ts";
import { isSimulator } from "../delivery/simulator.ts";
import { domainOf } from "../message/addresses.ts";
import type { Message } from "../state/messages.ts";
import type { EventType, Registry } from "../state/registry.ts";
import type { UnpublishedEvents } from "../state/unpublished.ts";
import { feedbackId } from "./feedback-id.ts";
import { asReported, withoutHeaders } from "./mail.ts";

/** Type of an event as it names itself, and as destinations name it. */
const apiType = {
  Send: "SEND",
  Delivery: "DELIVERY",
  Bounce: "BOUNCE",
  Complaint: "COMPLAINT",
  DeliveryDelay: "DELIVERY_DELAY",
  Reject: "REJECT",
  "Rendering Failure": "RENDERING_FAILURE",
} as const satisfies Record<string, EventType>;

/** Host that the reports name; its number says nothing about the IP. */
const reportingMTA = "a8-44.smtp-out.amazonses.com";

const iso = (ms: number): string => new Date(ms).toISOString();

/** What SES says of one recipient of a bounce; an automatic answer has the address alone. */
interface BouncedRecipient {
  readonly emailAddress: string;
  readonly action?: "failed";
  readonly status?: string;
  readonly diagnosticCode?: string;
}

/** Writes SES events down for the destinations of a message's configuration set that want them. */
export class Emitter {
  readonly #registry: Registry;
  readonly #events: UnpublishedEvents;
  readonly #providerOf: (domain: string) => string;

  constructor(registry: Registry, events: UnpublishedEvents, providerOf: (domain: string) => string) {
    this.#registry = registry;
    this.#events = events;
    this.#providerOf = providerOf;
  }

  send(message: Message): void {
    this.#write(message, "Send", { mail: message.mail, send: {} });
  }

  reject(message: Message): void {
    this.#write(message, "Reject", { mail: message.mail, reject: { reason: "Bad content" } });
  }

  renderingFailure(message: Message, failure: { templateName: string; errorMessage: string }): void {
    this.#write(message, "Rendering Failure", { mail: withoutHeaders(message.mail), failure });
  }

  /** The only event that tells the IP. */
  delivery(message: Message, nowMs: number, delivery: object): void {
    const tags = { ...message.mail.tags, "ses:outgoing-ip": [message.ip], "ses:outgoing-tls-version": ["TLSv1.3"] };
    this.#write(message, "Delivery", {
      mail: { ...message.mail, tags },
      delivery: { timestamp: iso(nowMs), ...delivery, reportingMTA },
    });
  }

  deliveryDelay(message: Message, nowMs: number, delayed: { recipient: string; reply: string }): void {
    const recipient = {
      emailAddress: delayed.recipient,
      status: statusOf(delayed.reply),
      diagnosticCode: `smtp; ${delayed.reply}`,
    };
    const deliveryDelay = {
      timestamp: iso(nowMs),
      // The provider limits the sending IP: that is what SES calls IPFailure.
      delayType: "IPFailure",
      expirationTime: iso(message.expiresAtMs),
      delayedRecipients: [recipient],
    };
    this.#write(message, "DeliveryDelay", { mail: withoutHeaders(message.mail), deliveryDelay });
  }

  bounce(message: Message, nowMs: number, { recipient, bounced }: { recipient: string; bounced: Bounced }): void {
    const { status, diagnosticCode } = bounced;
    const emailAddress = asReported(message, recipient);
    this.#bounce(message, nowMs, bounced, [{ emailAddress, action: "failed", status, diagnosticCode }]);
  }

  /** Recipients to whom SES did not send the mail it took; `why` for all of them alike. */
  keptBack(
    message: Message,
    nowMs: number,
    recipients: readonly string[],
    why: { readonly bounceSubType: string; readonly diagnosticCode: string },
  ): void {
    const { bounceSubType, diagnosticCode } = why;
    const bounced = recipients.map((emailAddress) => ({
      emailAddress,
      action: "failed" as const,
      status: "5.1.1",
      diagnosticCode,
    }));
    this.#bounce(message, nowMs, { bounceType: "Permanent", bounceSubType }, bounced);
  }

  /** A program answered for its reader: SES reports a bounce, and knows nothing more of it. */
  automaticAnswer(message: Message, nowMs: number, recipient: string): void {
    const general = { bounceType: "Transient", bounceSubType: "General" };
    this.#bounce(message, nowMs, general, [{ emailAddress: recipient }]);
  }

  complaint(message: Message, nowMs: number, recipient: string): void {
    // Providers hide who complained, so SES names every recipient there.
    const suspects = message.mail.destination.filter((address) => this.#isWith(address, recipient));
    const reported = {
      userAgent: isSimulator(recipient) ? "Amazon SES Mailbox Simulator" : "Yahoo!-Mail-Feedback/2.0",
      complaintFeedbackType: "abuse",
      arrivalDate: iso(nowMs),
    };
    this.#complaint(message, nowMs, suspects, { complaintSubType: null, ...reported });
  }

  /** Recipients who complained of earlier mail: SES took this one and did not send it. */
  suppressedComplaint(message: Message, nowMs: number, recipients: readonly string[]): void {
    this.#complaint(message, nowMs, recipients, { complaintSubType: "OnAccountSuppressionList" });
  }

  /** What SES publishes when a topic becomes an event destination: no event, and no JSON. */
  validated(topicArn: string): void {
    this.#events.add(topicArn, "Successfully validated SNS topic for Amazon SES event publishing.");
  }

  #bounce(
    message: Message,
    nowMs: number,
    type: { readonly bounceType: string; readonly bounceSubType: string },
    bouncedRecipients: readonly BouncedRecipient[],
  ): void {
    const bounce = {
      feedbackId: feedbackId(message, bouncedRecipients[0]?.emailAddress ?? "", nowMs),
      bounceType: type.bounceType,
      bounceSubType: type.bounceSubType,
      bouncedRecipients,
      timestamp: iso(nowMs),
      reportingMTA: `dns; ${reportingMTA}`,
    };
    this.#write(message, "Bounce", { mail: message.mail, bounce });
  }

  #complaint(message: Message, nowMs: number, recipients: readonly string[], said: object): void {
    const complaint = {
      feedbackId: feedbackId(message, recipients[0] ?? "", nowMs),
      complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
      timestamp: iso(nowMs),
      ...said,
    };
    this.#write(message, "Complaint", { mail: message.mail, complaint });
  }

  /** Whether two addresses are with the same provider, as far as the provider is known. */
  #isWith(one: string, other: string): boolean {
    const [first, second] = [domainOf(one), domainOf(other)];
    return (
      first === second || (this.#providerOf(first) !== "other" && this.#providerOf(first) === this.#providerOf(second))
    );
  }

  #write(message: Message, eventType: keyof typeof apiType, content: object): void {
    const set = message.configurationSet === null ? undefined : this.#registry.sets.get(message.configurationSet);
    const wanting = (set?.destinations ?? []).filter(
      ({ enabled, types }) => enabled && types.includes(apiType[eventType]),
    );
    if (wanting.length === 0) return;
    // SES ends the body with a newline.
    const body = `${JSON.stringify({ eventType, ...content })}\n`;
    for (const { topicArn } of wanting) this.#events.add(topicArn, body);
  }
}
