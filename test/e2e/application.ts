import { type Message, ReceiveMessageCommand, SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** A SendMessage as an application writes it; `changes` go over its fields. */
export function mail(id: string, to: string | string[], changes: Record<string, unknown> = {}) {
  return {
    version: 1,
    id,
    stream: "newsletter",
    email: {
      FromEmailAddress: "News <news@example.com>",
      Destination: { ToAddresses: [to].flat() },
      Content: { Simple: { Subject: { Data: `About ${id}` }, Body: { Text: { Data: "Hello." } } } },
    },
    ...changes,
  };
}

/** Puts bodies on a queue as any AWS SDK does, ten at a time. */
export async function enqueue(sqs: SQSClient, queueUrl: string, bodies: readonly unknown[]): Promise<void> {
  for (let start = 0; start < bodies.length; start += 10) {
    const entries = bodies.slice(start, start + 10).map((body, index) => ({
      Id: String(index),
      MessageBody: typeof body === "string" ? body : JSON.stringify(body),
    }));
    const { Failed: failed = [] } = await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
    );
    if (failed.length > 0) throw new Error(`not enqueued: ${failed[0]?.Message}`);
  }
}

/** Takes everything that is visible off a queue's front, without deleting it. */
export async function receiveAll(sqs: SQSClient, queueUrl: string): Promise<Message[]> {
  const received: Message[] = [];
  for (;;) {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] }),
    );
    if (messages.length === 0) return received;
    received.push(...messages);
  }
}
