import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { DepthOfQueues, QueueDepth, QueueDepths, WatchedQueue } from "../../ports/queue-depths.ts";

/** Depths as SQS counts them, one call a queue. */
export class SqsQueueDepths implements QueueDepths {
  readonly #client: SQSClient;
  readonly #queueUrls: Readonly<Record<WatchedQueue, readonly string[]>>;

  constructor(client: SQSClient, queueUrls: Readonly<Record<WatchedQueue, readonly string[]>>) {
    this.#client = client;
    this.#queueUrls = queueUrls;
  }

  async read(): Promise<DepthOfQueues> {
    const urls = this.#queueUrls;
    const [send, parked, quarantine, deadLetters] = await Promise.all([
      this.#together(urls.send),
      this.#together(urls.parked),
      this.#together(urls.quarantine),
      this.#together(urls.deadLetters),
    ]);
    return { send, parked, quarantine, deadLetters };
  }

  async #together(queueUrls: readonly string[]): Promise<QueueDepth> {
    const depths = await Promise.all(queueUrls.map((url) => this.#depth(url)));
    const sum = (of: keyof QueueDepth): number => depths.reduce((total, depth) => total + depth[of], 0);
    return { visible: sum("visible"), inFlight: sum("inFlight"), delayed: sum("delayed") };
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
