import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll } from "vitest";
import { startQueueEngine } from "../../infra/local/engines/queue-engine.ts";

export interface Queues {
  readonly client: SQSClient;
  /** Makes a queue. @returns its URL */
  create(name: string): Promise<string>;
}

export function queueClient(endpoint: string): SQSClient {
  return new SQSClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
}

/** Starts the queue engine for the tests of a file, in a folder of its own. */
export function useQueues(): () => Queues {
  let queues: Queues | undefined;
  const endings: (() => Promise<void> | void)[] = [];
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "ses-warmup-queues-"));
    endings.push(() => rmSync(folder, { recursive: true, force: true }));
    const engine = await startQueueEngine(folder);
    endings.push(() => engine.close());
    const client = queueClient(engine.url);
    queues = {
      client,
      create: async (QueueName) => {
        await client.send(new CreateQueueCommand({ QueueName }));
        return engine.queueUrl(QueueName);
      },
    };
  });
  afterAll(async () => {
    for (const end of endings.toReversed()) await end();
  });
  return () => {
    if (queues === undefined) throw new Error("the queue engine has not started");
    return queues;
  };
}

/** Takes everything visible off a queue, in the order of its receiving. */
export async function takeAll(client: SQSClient, QueueUrl: string): Promise<Message[]> {
  const taken: Message[] = [];
  for (;;) {
    const { Messages: messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1, MessageAttributeNames: ["All"] }),
    );
    if (messages.length === 0) return taken;
    for (const message of messages) {
      taken.push(message);
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    }
  }
}
