import type { Random } from "../engine/random.ts";
import type { Scheduler } from "../engine/scheduler.ts";
import type { Queue } from "./queue.ts";
import type { SesCall } from "./ses-service.ts";

/** How SES's events fare on their way through SNS to the queues. */
export interface EventFaults {
  /** Part of the Send events that never come. */
  readonly missing: number;
  readonly twice: number;
  readonly late: number;
  /** Longest delay of a late event, ms. */
  readonly lateMs: number;
  /** Part of the mail of which Delivery, Bounce or delay events are told. */
  readonly told: number;
}

/** An event may be as late as this and still come before anybody sends again, ms. */
const inTimeMs = 2 * 60_000;

/** Whether every Send event comes, and in time to prove what it is about. */
export function eventsArrive({ missing, late, lateMs }: EventFaults): boolean {
  return missing === 0 && (late === 0 || lateMs <= inTimeMs);
}

interface Around {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly faults: EventFaults;
  readonly queues: { readonly proof: Queue; readonly feedback: Queue };
  /** Told of every event that goes wrong. */
  faulted(what: string): void;
  /** Told of every complaint. @param isReal - false where SES kept the mail back by a suppression list */
  complained(call: SesCall, isReal: boolean): void;
}

/** What SES tells of a mail in the end; `Suppressed` is a complaint by a suppression list. */
const answers = ["Delivery", "Delivery", "Delivery", "Bounce", "DeliveryDelay", "Complaint", "Suppressed"] as const;

/** Part of the events beside which somebody else's text is on the queue. */
const unreadableShare = 0.2;

/** A record that is no event of SES's. */
export const unreadableEvent = "no event";

/** Publishes what becomes of the mail that SES took. */
export class SesEvents {
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  publish(call: SesCall, messageId: string): void {
    const { random, faults, queues } = this.#around;
    if (random.chance(faults.missing)) this.#around.faulted("send-event-missing");
    else this.#send(queues.proof, "Send", call, messageId);
    if (!random.chance(faults.told)) return;
    const answer = random.pick(answers);
    if (answer === "Complaint" || answer === "Suppressed") this.#around.complained(call, answer === "Complaint");
    this.#send(queues.feedback, answer, call, messageId);
    if (random.chance(unreadableShare)) this.#deliver(queues.feedback, unreadableEvent);
  }

  #send(queue: Queue, eventType: string, call: SesCall, messageId: string): void {
    const { random, faults } = this.#around;
    const body = bodyOf(eventType, call, messageId);
    this.#deliver(queue, body);
    if (!random.chance(faults.twice)) return;
    this.#around.faulted("event-twice");
    this.#deliver(queue, body);
  }

  #deliver(queue: Queue, body: string): void {
    const { scheduler, random, faults } = this.#around;
    const late = random.chance(faults.late);
    if (late) this.#around.faulted("event-late");
    const waitMs = random.between(20, late ? faults.lateMs : 2_000);
    scheduler.after(waitMs, () => queue.send({ body, attributes: {} }, scheduler.nowMs));
  }
}

/** An event as SES publishes it, cut down to what is read. */
function bodyOf(eventType: string, call: SesCall, messageId: string): string {
  const timestamp = new Date(call.atMs).toISOString();
  const tags = Object.fromEntries(Object.entries(call.tags).map(([name, value]) => [name, [value]]));
  const mail = {
    messageId,
    timestamp,
    destination: call.recipients,
    tags: { ...tags, "ses:configuration-set": [call.configurationSet] },
  };
  return JSON.stringify({
    eventType: eventType === "Suppressed" ? "Complaint" : eventType,
    mail,
    ...detailOf(eventType, call, timestamp),
  });
}

const reply = "smtp; 421 4.7.28 Our system has detected an unusual rate of unsolicited mail - gsmtp";
const gone = "smtp; 550 5.1.1 The email account that you tried to reach does not exist - gsmtp";

function detailOf(eventType: string, { recipients }: SesCall, timestamp: string): object {
  const each = (diagnosticCode: string) =>
    recipients.map((emailAddress) => ({ emailAddress, status: "4.7.0", diagnosticCode }));
  switch (eventType) {
    case "Delivery":
      return { delivery: { timestamp, recipients } };
    case "Bounce":
      return {
        bounce: { bounceType: "Permanent", bounceSubType: "General", timestamp, bouncedRecipients: each(gone) },
      };
    case "DeliveryDelay":
      return { deliveryDelay: { delayType: "IPFailure", timestamp, delayedRecipients: each(reply) } };
    case "Complaint":
      return { complaint: { timestamp, complainedRecipients: each(reply), complaintFeedbackType: "abuse" } };
    case "Suppressed": {
      const complaint = { timestamp, complainedRecipients: each(reply), complaintSubType: "OnAccountSuppressionList" };
      return { complaint };
    }
    default:
      return {};
  }
}
