import type { Delivery, Message, Messages, Outcome } from "./state/messages.ts";

/** One accepted message, as the outbox lists it. */
export interface OutboxEntry {
  /** 1-based, in order of acceptance. */
  readonly n: number;
  /** The sender's own id where it gave one (header X-SES-Warmup-Id, else tag sw-message), else the message id. */
  readonly id: string;
  readonly to: string[];
  readonly configurationSet: string | null;
  readonly tags: Record<string, string>;
  /** The gravest outcome of its recipients so far. */
  readonly outcome: Outcome;
  readonly messageId: string;
  readonly subject: string;
  readonly ip: string;
  readonly sentAtMs: number;
}

/** From the least to the most grave; an open end is graver than a good one. */
const gravity: readonly Outcome[] = [
  "delivered",
  "accepted",
  "delayed",
  "suppressed",
  "complained",
  "bounced",
  "rejected",
];

function gravest(deliveries: readonly Delivery[]): Outcome {
  const worst = Math.max(...deliveries.map(({ outcome }) => gravity.indexOf(outcome)));
  return gravity[worst] ?? "accepted";
}

/** Messages after the n-th, oldest first. */
export function readOutbox(messages: Messages, afterN: number, limit: number): OutboxEntry[] {
  const found = messages.after(afterN, limit);
  const byMessage = Map.groupBy(messages.deliveries(found[0]?.n ?? 0, found.at(-1)?.n ?? -1), ({ n }) => n);
  return found.map((message) => toEntry(message, byMessage.get(message.n) ?? []));
}

function toEntry(message: Message, deliveries: readonly Delivery[]): OutboxEntry {
  const { n, warmupId, configurationSet, tags, messageId, subject, ip, sentAtMs, mail } = message;
  const outcome = gravest(deliveries);
  return { n, id: warmupId, to: mail.destination, configurationSet, tags, outcome, messageId, subject, ip, sentAtMs };
}
