import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { ParkedMessage, Parking } from "../../ports/parking.ts";
import type { SendQueue } from "../../ports/send-queue.ts";
import { timeAttributes } from "./message-attributes.ts";

/** A queue that mail travels back to with its first time: the send queue, or the parked queue with a delay. */
export class SqsMailQueue implements SendQueue, Parking {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  enqueue(message: ParkedMessage): Promise<void> {
    return this.park(message, 0);
  }

  async park({ body, ...times }: ParkedMessage, delaySeconds: number): Promise<void> {
    await this.#client.send(
      new SendMessageCommand({
        QueueUrl: this.#queueUrl,
        MessageBody: body,
        DelaySeconds: delaySeconds,
        MessageAttributes: timeAttributes(times),
      }),
    );
  }
}
