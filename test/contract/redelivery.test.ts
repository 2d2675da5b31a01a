import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { SqsQueueDepths } from "../../shared/adapters/sqs/sqs-queue-depths.ts";
import { SqsRedelivery } from "../../shared/adapters/sqs/sqs-redelivery.ts";
import { freshNames } from "../support/builders.ts";
import { useQueues } from "../support/queues.ts";

const queues = useQueues();
const newName = freshNames("queue");

async function aQueueWith(...bodies: string[]) {
  const { client, create } = queues();
  const QueueUrl = await create(newName());
  for (const MessageBody of bodies) await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  const receive = async () => {
    const { Messages: messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 30 }),
    );
    return messages[0];
  };
  return { client, url: QueueUrl, receive };
}

describe("redelivery", () => {
  test("hides a record for as long as it is asked to", async () => {
    const { client, url, receive } = await aQueueWith("a");
    const record = await receive();
    await new SqsRedelivery(client).after(url, record?.ReceiptHandle ?? "", 1);
    expect(await receive()).toBeUndefined();
    await expect.poll(async () => (await receive())?.Body, { timeout: 5_000 }).toBe("a");
  });

  test("of a record that is gone is no error: it is listed as failed either way", async () => {
    const { client, url } = await aQueueWith();
    await expect(new SqsRedelivery(client).after(url, "no such handle", 5)).resolves.toBeUndefined();
  });
});

test("queue depths tell what waits, what is received and what is delayed, of several queues together", async () => {
  const send = await aQueueWith("a", "b");
  const parked = await aQueueWith();
  await parked.client.send(new SendMessageCommand({ QueueUrl: parked.url, MessageBody: "c", DelaySeconds: 60 }));
  const quarantine = await aQueueWith();
  await send.receive();
  const [someDead, moreDead] = [await aQueueWith("d"), await aQueueWith("e", "f")];
  const depths = new SqsQueueDepths(send.client, {
    send: [send.url],
    parked: [parked.url],
    quarantine: [quarantine.url],
    deadLetters: [someDead.url, moreDead.url],
  });
  expect(await depths.read()).toEqual({
    send: { visible: 1, inFlight: 1, delayed: 0 },
    parked: { visible: 0, inFlight: 0, delayed: 1 },
    quarantine: { visible: 0, inFlight: 0, delayed: 0 },
    deadLetters: { visible: 3, inFlight: 0, delayed: 0 },
  });
});
