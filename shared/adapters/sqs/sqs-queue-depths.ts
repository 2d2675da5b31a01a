import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { DepthOfQueues, QueueDepth, QueueDepths, WatchedQueue } from "../../ports/queue-depths.ts";

/** Depths as SQS counts them, one call a queue. */
export class SqsQueueDepths implements QueueDepths {
  readonly #client: SQSClient;
  readonly #queueUrls: Readonly<Record<WatchedQueue, string>>;

  constructor(client: SQSClient, queueUrls: Readonly<Record<WatchedQueue, string>>) {
    this.#client = client;
    this.#queueUrls = queueUrls;
  }

  async read(): Promise<DepthOfQueues> {
    const urls = this.#queueUrls;
    const [send, parked, quarantine] = await Promise.all([
      this.#depth(urls.send),
      this.#depth(urls.parked),
      this.#depth(urls.quarantine),
    ]);
    return { send, parked, quarantine };
  }

  async #depth(queueUrl: string): Promise<QueueDepth> {
    const { Attributes: counts } = await this.#client.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: [
          "ApproximateNumberOfMessages",
          "ApproximateNumberOfMessagesNotVisible",
          "ApproximateNumberOfMessagesDelayed",
        ],
      }),
    );
    return {
      visible: Number(counts?.ApproximateNumberOfMessages ?? 0),
      inFlight: Number(counts?.ApproximateNumberOfMessagesNotVisible ?? 0),
      delayed: Number(counts?.ApproximateNumberOfMessagesDelayed ?? 0),
    };
  }
}
