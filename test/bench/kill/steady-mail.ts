import { setTimeout as pause } from "node:timers/promises";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { draw } from "../../../shared/domain/provider-model/draw.ts";
import { enqueue, mail } from "../../e2e/application.ts";
import { mixedProviders } from "../mail.ts";

/** Streams of kill.config.ts by their share of the mail. */
const streamShares: readonly (readonly [stream: string, share: number])[] = [
  ["newsletter", 0.35],
  ["alerts", 0.25],
  ["receipts", 0.2],
  ["digest", 0.1],
  ["vouchers", 0.1],
];

/** Purpose of a number drawn from the seed. */
const streamDraw = 1;

const perSecond = 25;
const tickMs = 200;

/** An application that enqueues mail at an even rate. */
export class SteadyMail {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;
  readonly #seed: number;
  /** Stream by id, of everything that the send queue took. */
  readonly enqueued = new Map<string, string>();

  constructor(sqs: SQSClient, queueUrl: string, seed: number) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
    this.#seed = seed;
  }

  /** @param endMs - by the clock of `performance` */
  async run(endMs: number): Promise<void> {
    const beganMs = performance.now();
    while (performance.now() < endMs) {
      const due = Math.floor(((performance.now() - beganMs) / 1000) * perSecond);
      const messages = Array.from({ length: due - this.enqueued.size }, (_, n) =>
        this.#message(this.enqueued.size + n),
      );
      await enqueue(this.#sqs, this.#queueUrl, messages);
      for (const { id, stream } of messages) this.enqueued.set(id, stream);
      await pause(tickMs);
    }
  }

  #message(n: number): ReturnType<typeof mail> {
    return mail(`kill-${n}`, `person-${n}@${mixedProviders(n)}`, { stream: this.#streamOf(n) });
  }

  #streamOf(n: number): string {
    let left = draw(this.#seed, n, streamDraw);
    for (const [stream, share] of streamShares) {
      if (left < share) return stream;
      left -= share;
    }
    return "newsletter";
  }
}
