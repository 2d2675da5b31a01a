import type { SesEvent } from "../../../shared/contracts/ses-event.ts";
import { today } from "../../support/builders.ts";
import { type DayOfEvents, kinds, mailOf } from "./day.ts";
import { bounces, delays } from "./replies.ts";

/** Messages of one dispatcher batch. */
const batchSize = 25;

/** Name of the dispatcher batch that sent a message. */
export function batchOf(message: number): string {
  return `batch${Math.floor(message / batchSize)}`;
}

/** The n-th event of a day as SES publishes it, read. */
export function sesEvent(day: DayOfEvents, n: number): SesEvent {
  const message = day.message[n] ?? 0;
  const { pool, stream, provider, domain, recipients } = mailOf(message);
  const timestamp = day.atMs[n] ?? 0;
  const destination = Array.from({ length: recipients }, (_, index) => `reader${message}-${index}@${domain}`);
  const eventType = kinds[day.kind[n] ?? 0] ?? "Send";
  const tags = {
    "sw-id": [`${batchOf(message)}-${message % batchSize}-1`],
    "sw-pool": [pool],
    "sw-route": ["warming"],
    "sw-provider": [provider],
    "sw-day": [today],
    "sw-stream": [stream],
  };
  const event = { eventType, mail: { messageId: `ses-${message}`, timestamp, destination, tags } };
  switch (eventType) {
    case "Send":
      return event;
    case "Delivery":
      return { ...event, delivery: { timestamp, recipients: destination } };
    case "Complaint":
      return {
        ...event,
        complaint: { timestamp, complainedRecipients: destination.map(told), complaintFeedbackType: "abuse" },
      };
    case "Bounce": {
      const diagnosticCode = `smtp; ${bounces[day.reply[n] ?? 0]?.text}`;
      const bouncedRecipients = destination.map((address) => ({ ...told(address), diagnosticCode }));
      return { ...event, bounce: { bounceType: "Permanent", bounceSubType: "General", timestamp, bouncedRecipients } };
    }
    case "DeliveryDelay": {
      const diagnosticCode = `smtp; ${delays[day.reply[n] ?? 0]?.text}`;
      const delayedRecipients = destination.map((address) => ({ ...told(address), diagnosticCode }));
      return { ...event, deliveryDelay: { delayType: "TransientCommunicationFailure", timestamp, delayedRecipients } };
    }
    default:
      return eventType satisfies never;
  }
}

function told(emailAddress: string) {
  return { emailAddress, status: undefined, diagnosticCode: undefined };
}
