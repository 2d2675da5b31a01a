import { draw } from "../../../shared/domain/provider-model/draw.ts";
import { dayMs, dayNumber } from "../../../shared/domain/utc-day.ts";
import { today } from "../../support/builders.ts";
import { bounces, delays, limitingDelays } from "./replies.ts";

/** What one event is: the n-th message, and what happened. Kept as numbers: a million events lie in memory at once. */
export interface DayOfEvents {
  readonly messages: number;
  readonly message: Int32Array;
  readonly kind: Uint8Array;
  /** Which of the kind's replies. */
  readonly reply: Uint8Array;
  /** When it happened, epoch ms. */
  readonly atMs: Float64Array;
}

export const kinds = ["Send", "Delivery", "DeliveryDelay", "Bounce", "Complaint"] as const;

/** Of all distinct events, as fractions. */
const shareOf = { Send: 0.48, Delivery: 0.46, DeliveryDelay: 0.04, Bounce: 0.019, Complaint: 0.001 } as const;

const duplicateShare = 0.1;

/** Two pools with a stream each, and their share of the mail. */
export const pools = [
  { pool: "news", stream: "news", share: 0.7 },
  { pool: "receipts", stream: "orders", share: 0.3 },
] as const;

/** Eight mailbox providers with the share of the mail each receives. */
export const providers = [
  { provider: "gmail", domain: "gmail.com", share: 0.45 },
  { provider: "microsoft", domain: "outlook.com", share: 0.2 },
  { provider: "yahoo", domain: "yahoo.com", share: 0.12 },
  { provider: "apple", domain: "icloud.com", share: 0.08 },
  { provider: "united-internet", domain: "gmx.de", share: 0.05 },
  { provider: "comcast", domain: "comcast.net", share: 0.03 },
  { provider: "orange", domain: "orange.fr", share: 0.03 },
  { provider: "other", domain: "example.net", share: 0.04 },
] as const;

/** Purposes of `draw`. */
const purpose = { pool: 1, provider: 2, after: 3, reply: 4, copy: 5, which: 6 } as const;

const startMs = dayNumber(today) * dayMs;

/** Where the n-th message went. */
export function mailOf(message: number) {
  return {
    ...byShare(pools, draw(message, purpose.pool)),
    ...byShare(providers, draw(message, purpose.provider)),
    /** Every 20th message has two recipients. */
    recipients: message % 20 === 0 ? 2 : 1,
  };
}

/**
 * A day of events, in no order: each message is accepted once; what is not delivered bounces or is still on its way.
 * One event in ten is a copy of another.
 * @param refusals - whether receivers limit our rate at all; a third of the delays then, at every provider and hour
 */
export function dayOfEvents(events: number, refusals = true): DayOfEvents {
  const distinct = Math.round(events * (1 - duplicateShare));
  const messages = Math.round(distinct * shareOf.Send);
  const day = {
    messages,
    message: new Int32Array(events),
    kind: new Uint8Array(events),
    reply: new Uint8Array(events),
    atMs: new Float64Array(events),
  };
  let n = 0;
  for (const name of kinds) {
    const last = name === "Complaint" ? distinct : n + Math.round(distinct * shareOf[name]);
    for (let turn = 0; n < last; n += 1, turn += 1) putEvent(day, { n, turn, name, refusals });
  }
  for (; n < events; n += 1) copyEvent(day, Math.floor(draw(n, purpose.which) * distinct), n);
  return day;
}

interface NewEvent {
  readonly n: number;
  /** Number of the event among those of its kind. */
  readonly turn: number;
  readonly name: (typeof kinds)[number];
  readonly refusals: boolean;
}

function putEvent(day: DayOfEvents, { n, turn, name, refusals }: NewEvent): void {
  const message = messageOf(name, turn, day.messages);
  const first = name === "DeliveryDelay" && !refusals ? limitingDelays : 0;
  const replies = name === "Bounce" ? bounces.length : delays.length;
  day.kind[n] = kinds.indexOf(name);
  day.message[n] = message;
  day.reply[n] = first + Math.floor(draw(n, purpose.reply) * (replies - first));
  day.atMs[n] = sentMs(message, day.messages) + afterMs(name, draw(n, purpose.after));
}

/** Bounces are of messages that were not delivered; complaints and delays of any. */
function messageOf(name: (typeof kinds)[number], turn: number, messages: number): number {
  if (name === "Bounce") return messages - 1 - turn;
  if (name === "Send" || name === "Delivery") return turn;
  return Math.floor(draw(turn, purpose.copy) * messages);
}

/** Undelivered mail is spread over the day like any other. */
function sentMs(message: number, messages: number): number {
  return startMs + Math.floor((((message * 7_919) % messages) / messages) * dayMs);
}

/** From sending to the event, ms. */
function afterMs(name: (typeof kinds)[number], drawn: number): number {
  switch (name) {
    case "Send":
      return 0;
    case "Delivery":
    case "Bounce":
      return Math.floor(500 + drawn * 5_000);
    case "DeliveryDelay":
      return Math.floor(drawn * 40 * 60_000);
    case "Complaint":
      return Math.floor(drawn * 6 * 3_600_000);
    default:
      return name satisfies never;
  }
}

function copyEvent({ message, kind, reply, atMs }: DayOfEvents, from: number, to: number): void {
  for (const column of [message, kind, reply, atMs]) column[to] = column[from] ?? 0;
}

function byShare<Entry extends { readonly share: number }>(entries: readonly Entry[], drawn: number): Entry {
  let left = drawn;
  for (const entry of entries) {
    if (left < entry.share) return entry;
    left -= entry.share;
  }
  return entries[0] as Entry;
}
