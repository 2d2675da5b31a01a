import { type MessageAttributeValue, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { ParkedMessage, Parking } from "../../ports/parking.ts";
import type { SendQueue } from "../../ports/send-queue.ts";
import { enqueuedAtAttribute, parkedSinceAttribute, parkingsAttribute, textAttribute } from "./message-attributes.ts";

type QueuedMessage = Parameters<SendQueue["enqueue"]>[0];

/** A queue that mail travels back to with its first time: the send queue, or the parked queue with a delay. */
export class SqsMailQueue implements SendQueue, Parking {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  enqueue(message: QueuedMessage): Promise<void> {
    return this.#send(message, 0, {});
  }

  park(message: ParkedMessage, delaySeconds: number): Promise<void> {
    return this.#send(message, delaySeconds, {
      [parkingsAttribute]: textAttribute(String(message.parkings + 1)),
      [parkedSinceAttribute]: textAttribute(String(message.parkedSinceMs)),
    });
  }

  async #send(
    { body, enqueuedAtMs }: QueuedMessage,
    delaySeconds: number,
    attributes: Record<string, MessageAttributeValue>,
  ): Promise<void> {
    await this.#client.send(
      new SendMessageCommand({
        QueueUrl: this.#queueUrl,
        MessageBody: body,
        DelaySeconds: delaySeconds,
        MessageAttributes: { [enqueuedAtAttribute]: textAttribute(String(enqueuedAtMs)), ...attributes },
      }),
    );
  }
}
