import type { Emitter } from "../events/emitter.ts";
import type { Delivery, Message, Messages } from "../state/messages.ts";
import type { Suppression } from "../state/suppression.ts";
import type { AttemptResult, Bounced } from "./attempt-result.ts";
import { attempt, type DeliveryWorld, expired } from "./deliver.ts";
import { type KeptBack, keptBackBounces } from "./kept-back.ts";
import { isAway } from "./reaction.ts";
import { nextAttemptMs } from "./retry-schedule.ts";
import { isSimulator } from "./simulator.ts";

type Progress = Omit<Delivery, "id">;

export interface CarrierParts extends DeliveryWorld {
  readonly messages: Messages;
  readonly emitter: Emitter;
  readonly suppression: Suppression;
}

/** Carries messages to recipients over virtual time: first attempt, retries, expiry, complaints. */
export class Carrier {
  readonly #parts: CarrierParts;

  constructor(parts: CarrierParts) {
    this.#parts = parts;
  }

  /** The first attempt for one recipient of a message that has just been accepted. */
  start(message: Message, recipient: string, nowMs: number): void {
    const fresh: Progress = { n: message.n, recipient, outcome: "accepted", attempts: 0, reply: "", dueMs: null };
    this.#parts.messages.addDelivery(this.#tryOnce(message, fresh, nowMs));
  }

  /** Takes a message for recipients and does not send it: one report for the one cause, and never a delivery. */
  keepBack(message: Message, recipients: readonly string[], cause: KeptBack): void {
    const { emitter, messages } = this.#parts;
    const { n, sentAtMs } = message;
    if (cause === "COMPLAINT") emitter.suppressedComplaint(message, sentAtMs, recipients);
    else emitter.keptBack(message, sentAtMs, recipients, keptBackBounces[cause]);
    for (const recipient of recipients) {
      messages.addDelivery({ n, recipient, outcome: "suppressed", attempts: 1, reply: "", dueMs: null });
    }
  }

  /** What is due for a recipient: another attempt, the end of retrying, or a reaction. */
  fire(delivery: Delivery, nowMs: number): void {
    const message = this.#parts.messages.get(delivery.n);
    const next =
      delivery.outcome === "delayed" ? this.#again(message, delivery, nowMs) : this.#react(message, delivery, nowMs);
    this.#parts.messages.updateDelivery({ ...next, id: delivery.id });
  }

  #again(message: Message, delivery: Progress, nowMs: number): Progress {
    if (nowMs < message.expiresAtMs) return this.#tryOnce(message, delivery, nowMs);
    return this.#bounce(message, delivery, expired(message, delivery.reply), nowMs);
  }

  #tryOnce(message: Message, delivery: Progress, nowMs: number): Progress {
    const result: AttemptResult = attempt(this.#parts, message, delivery, nowMs);
    const tried = { ...delivery, attempts: delivery.attempts + 1, dueMs: null };
    switch (result.kind) {
      case "delivered":
        return this.#deliver(message, { ...tried, reply: result.reply }, result.reactsInMs, nowMs);
      case "deferred":
        return this.#delay(message, { ...tried, reply: result.reply }, nowMs);
      case "bounced":
        return this.#bounce(message, tried, result, nowMs);
      default:
        return result satisfies never;
    }
  }

  #deliver(message: Message, delivery: Progress, reactsInMs: number | undefined, nowMs: number): Progress {
    const { emitter } = this.#parts;
    emitter.delivery(message, nowMs, {
      processingTimeMillis: nowMs - message.sentAtMs,
      recipients: [delivery.recipient],
      smtpResponse: delivery.reply,
    });
    const done: Progress = { ...delivery, outcome: "delivered" };
    if (reactsInMs === undefined) return done;
    return reactsInMs === 0 ? this.#react(message, done, nowMs) : { ...done, dueMs: nowMs + reactsInMs };
  }

  #delay(message: Message, delivery: Progress, nowMs: number): Progress {
    this.#parts.emitter.deliveryDelay(message, nowMs, delivery);
    return { ...delivery, outcome: "delayed", dueMs: nextAttemptMs(delivery.attempts, nowMs, message.expiresAtMs) };
  }

  #bounce(message: Message, delivery: Progress, bounced: Bounced, nowMs: number): Progress {
    this.#parts.emitter.bounce(message, nowMs, { recipient: delivery.recipient, bounced });
    if (bounced.suppress) this.#parts.suppression.learn(delivery.recipient, "BOUNCE", message.configurationSet, nowMs);
    return { ...delivery, outcome: bounced.outcome, dueMs: null };
  }

  #react(message: Message, delivery: Progress, nowMs: number): Progress {
    if (!isAway(message, delivery.recipient, this.#parts.awayShare)) return this.#complain(message, delivery, nowMs);
    this.#parts.emitter.automaticAnswer(message, nowMs, delivery.recipient);
    return { ...delivery, dueMs: null };
  }

  #complain(message: Message, delivery: Progress, nowMs: number): Progress {
    this.#parts.emitter.complaint(message, nowMs, delivery.recipient);
    if (!isSimulator(delivery.recipient)) {
      this.#parts.suppression.learn(delivery.recipient, "COMPLAINT", message.configurationSet, nowMs);
    }
    return { ...delivery, outcome: "complained", dueMs: null };
  }
}
