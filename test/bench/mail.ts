import type { SQSEvent } from "aws-lambda";
import { draw } from "../../shared/domain/provider-model/draw.ts";
import { aSendMessage, noonMs } from "../support/builders.ts";
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
  /** When it was enqueued, epoch ms. @default a minute before the noon of tests, which a real clock finds too old */
  readonly enqueuedAtMs?: number;
  /** Bytes of the HTML part. @default none, a short text */
  readonly htmlBytes?: number;
}

/** Batches of the send queue as Lambda hands them over; every message has one recipient of its own. */
export function batchesOf(mail: MailOf): SQSEvent[] {
  const { messages, batchSize, domainOf, prefix, htmlBytes, enqueuedAtMs = noonMs - 60_000 } = mail;
  const bodies = Array.from({ length: messages }, (_, n) =>
    JSON.stringify(
      aSendMessage({
        id: `${prefix}-${n}`,
        to: [`${prefix}-${n}@${domainOf(n)}`],
        ...(htmlBytes !== undefined && { email: { Content: { Simple: htmlMail(htmlBytes) } } }),
      }),
    ),
  );
  const records = bodies.map((body, n) => anSqsRecord(`${prefix}-${n}`, body, { sentMs: enqueuedAtMs }));
  const batches = Array.from({ length: Math.ceil(messages / batchSize) }, (_, batch) =>
    records.slice(batch * batchSize, (batch + 1) * batchSize),
  );
  return batches.map((batch) => anSqsEvent(...batch));
}

function htmlMail(bytes: number): Record<string, unknown> {
  const row = '<tr><td style="padding: 8px">Your order is on its way; "see" the list &amp; the prices</td></tr>\n';
  const rows = row.repeat(Math.ceil(bytes / row.length)).slice(0, bytes);
  return { Subject: { Data: "Your order" }, Body: { Html: { Data: rows }, Text: { Data: "Your order" } } };
}
