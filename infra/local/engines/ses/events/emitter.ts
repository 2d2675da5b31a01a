import { draw, textKey } from "../../../../../shared/domain/provider-model/draw.ts";
import type { Bounced } from "../delivery/attempt-result.ts";
import { statusOf } from "../delivery/replies.ts";
import { isSimulator } from "../delivery/simulator.ts";
import { domainOf } from "../message/addresses.ts";
import type { Message } from "../state/messages.ts";
import type { EventType, Registry } from "../state/registry.ts";
import type { UnpublishedEvents } from "../state/unpublished.ts";
import type { Mail } from "./mail.ts";

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

const iso = (ms: number): string => new Date(ms).toISOString();

/** Writes SES events down for the destinations of a message's configuration set that want them. */
export class Emitter {
  readonly #registry: Registry;
  readonly #events: UnpublishedEvents;

  constructor(registry: Registry, events: UnpublishedEvents) {
    this.#registry = registry;
    this.#events = events;
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
      delivery: { timestamp: iso(nowMs), ...delivery },
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

  bounce(message: Message, nowMs: number, of: { recipient: string; bounced: Bounced; reportingMTA: string }): void {
    const { bounceType, bounceSubType, status, diagnosticCode } = of.bounced;
    const bounce = {
      feedbackId: feedbackId(message, of.recipient, nowMs),
      bounceType,
      bounceSubType,
      bouncedRecipients: [{ emailAddress: of.recipient, action: "failed", status, diagnosticCode }],
      timestamp: iso(nowMs),
      reportingMTA: `dns; ${of.reportingMTA}`,
    };
    this.#write(message, "Bounce", { mail: message.mail, bounce });
  }

  complaint(message: Message, nowMs: number, recipient: string): void {
    // Providers hide who complained, so SES names everyone at that domain.
    const suspects = message.mail.destination.filter((address) => domainOf(address) === domainOf(recipient));
    const complaint = {
      feedbackId: feedbackId(message, recipient, nowMs),
      complaintSubType: null,
      complainedRecipients: suspects.map((emailAddress) => ({ emailAddress })),
      timestamp: iso(nowMs),
      userAgent: isSimulator(recipient) ? "Amazon SES Mailbox Simulator" : "Yahoo!-Mail-Feedback/2.0",
      complaintFeedbackType: "abuse",
      arrivalDate: iso(nowMs),
    };
    this.#write(message, "Complaint", { mail: message.mail, complaint });
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

/** SES leaves the headers out of some events. */
function withoutHeaders(mail: Mail): Omit<Mail, "headers" | "commonHeaders"> {
  const { headers: _headers, commonHeaders: _commonHeaders, ...rest } = mail;
  return rest;
}

function feedbackId(message: Message, recipient: string, nowMs: number): string {
  const part = (purpose: number): string =>
    Math.floor(draw(textKey(message.messageId), textKey(recipient), purpose) * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  const time = Math.floor(nowMs).toString(16).padStart(12, "0");
  const [a, b] = [part(5), part(6)];
  return `0100${time}-${a}-${b.slice(0, 4)}-4${b.slice(5, 8)}-8${a.slice(1, 4)}-${part(7)}${part(8).slice(0, 4)}-000000`;
}
