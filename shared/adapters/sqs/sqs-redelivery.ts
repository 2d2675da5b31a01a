import { ChangeMessageVisibilityCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** Chooses when a record that goes back to its queue is delivered again. */
export class SqsRedelivery {
  readonly #client: SQSClient;

  constructor(client: SQSClient) {
    this.#client = client;
  }

  /** Best effort: should it fail, the record comes back after the queue's own visibility timeout. */
  async after(queueUrl: string, receiptHandle: string, delaySeconds: number): Promise<void> {
    try {
      await this.#client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: delaySeconds,
        }),
      );
    } catch {
      // The record is listed as failed either way.
    }
  }
}
