import type { SQSEvent } from "aws-lambda";
import { draw } from "../../shared/domain/provider-model/draw.ts";
import { aSendMessage } from "../support/builders.ts";
import { anSqsEvent, anSqsRecord } from "../support/lambda.ts";

/** Four mailbox providers, with the share of the mail each receives, as a fraction. */
const shares: readonly (readonly [domain: string, share: number])[] = [
  ["gmail.com", 0.55],
  ["outlook.com", 0.2],
  ["yahoo.com", 0.15],
  ["icloud.com", 0.1],
];

/** Chooses the domain of the n-th message's recipient. */
export type DomainOf = (n: number) => string;

/** Two providers in turn, so that two stand in every batch. */
export const twoProviders: DomainOf = (n) => (n % 2 === 0 ? "gmail.com" : "yahoo.com");

const seed = 2026;

/** By share, at random; the same for the same number. */
export const mixedProviders: DomainOf = (n) => {
  let left = draw(seed, n);
  for (const [domain, share] of shares) {
    if (left < share) return domain;
    left -= share;
  }
  return "gmail.com";
};

export interface MailOf {
  readonly messages: number;
  readonly batchSize: number;
  readonly domainOf: DomainOf;
  /** Begins every id and address: mail of two runs is never the same mail. */
  readonly prefix: string;
  /** Bytes of the HTML part. @default none, a short text */
  readonly htmlBytes?: number;
}

/**
 * Batches of the send queue as Lambda hands them over, each enqueued a minute before it is taken; every message has one
 * recipient of its own.
 */
export function* batchesOf({ messages, batchSize, ...mail }: MailOf): Generator<SQSEvent> {
  for (let first = 0; first < messages; first += batchSize) {
    const [sentMs, firstReceivedMs] = [Date.now() - 60_000, Date.now()];
    const numbers = Array.from({ length: Math.min(batchSize, messages - first) }, (_, index) => first + index);
    yield anSqsEvent(
      ...numbers.map((n) => anSqsRecord(`${mail.prefix}-${n}`, bodyOf(n, mail), { sentMs, firstReceivedMs })),
    );
  }
}

function bodyOf(n: number, { prefix, domainOf, htmlBytes }: Omit<MailOf, "messages" | "batchSize">): string {
  return JSON.stringify(
    aSendMessage({
      id: `${prefix}-${n}`,
      to: [`${prefix}-${n}@${domainOf(n)}`],
      ...(htmlBytes !== undefined && { email: { Content: { Simple: htmlMail(htmlBytes) } } }),
    }),
  );
}

function htmlMail(bytes: number): Record<string, unknown> {
  const row = '<tr><td style="padding: 8px">Your order is on its way; "see" the list &amp; the prices</td></tr>\n';
  const rows = row.repeat(Math.ceil(bytes / row.length)).slice(0, bytes);
  return { Subject: { Data: "Your order" }, Body: { Html: { Data: rows }, Text: { Data: "Your order" } } };
}
