import { describe, expect, test } from "vitest";
import { SqsMailQueue } from "../../shared/adapters/sqs/sqs-mail-queue.ts";
import { freshNames, noonMs } from "../support/builders.ts";
import { MemoryMailQueue } from "../support/fakes/memory-mail-queue.ts";
import { takeAll, useQueues } from "../support/queues.ts";

interface Opened {
  readonly queue: SqsMailQueue | MemoryMailQueue;
  /** What can be received now. */
  take(): Promise<{ body: string | undefined; enqueuedAtMs: number; parkings?: number; parkedSinceMs?: number }[]>;
}

const queues = useQueues();
const newQueue = freshNames("mail");

async function inMemory(): Promise<Opened> {
  const queue = new MemoryMailQueue();
  const visible = () => queue.messages.filter(({ delaySeconds }) => delaySeconds === 0);
  return { queue, take: async () => visible().map(({ delaySeconds: _none, ...message }) => message) };
}

async function inSqs(): Promise<Opened> {
  const { client, create } = queues();
  const url = await create(newQueue());
  return {
    queue: new SqsMailQueue(client, url),
    take: async () =>
      (await takeAll(client, url)).map(({ Body, MessageAttributes }) => ({
        body: Body,
        enqueuedAtMs: Number(MessageAttributes?.enqueuedAtMs?.StringValue),
        ...(MessageAttributes?.parkings && {
          parkings: Number(MessageAttributes.parkings.StringValue),
          parkedSinceMs: Number(MessageAttributes.parkedSinceMs?.StringValue),
        }),
      })),
  };
}

/** The longest body that parses, in bytes. */
const longestBody = 1_000_000;

describe.each([
  ["in memory", inMemory],
  ["in SQS", inSqs],
])("mail queue %s", (_, open) => {
  test("mail travels with its body unchanged and its first time", async () => {
    const { queue, take } = await open();
    const mail = { body: '{"text":"ü€"}', enqueuedAtMs: noonMs };
    await queue.enqueue(mail);
    expect(await take()).toEqual([mail]);
  });

  test("parked mail cannot be received before its delay is over", async () => {
    const { queue, take } = await open();
    await queue.park({ body: "{}", enqueuedAtMs: noonMs, parkings: 0, parkedSinceMs: noonMs }, 900);
    expect(await take()).toEqual([]);
  });

  test("parked mail carries how often it was parked, and since when", async () => {
    const { queue, take } = await open();
    await queue.park({ body: "{}", enqueuedAtMs: noonMs, parkings: 0, parkedSinceMs: noonMs + 1 }, 0);
    await queue.park({ body: "{}", enqueuedAtMs: noonMs, parkings: 6, parkedSinceMs: noonMs + 2 }, 0);
    expect(await take()).toMatchObject([
      { parkings: 1, parkedSinceMs: noonMs + 1 },
      { parkings: 7, parkedSinceMs: noonMs + 2 },
    ]);
  });

  test("the longest body that is accepted still fits with its first time", async () => {
    const { queue, take } = await open();
    const body = "x".repeat(longestBody);
    await queue.enqueue({ body, enqueuedAtMs: noonMs });
    expect((await take())[0]?.body).toHaveLength(body.length);
  });
});

test("mail that cannot be put on the queue is an error: it must stay where it is", async () => {
  const { client } = queues();
  const nowhere = new SqsMailQueue(client, (await queues().create(newQueue())).replace(/mail\d+$/, "nowhere"));
  await expect(nowhere.enqueue({ body: "{}", enqueuedAtMs: noonMs })).rejects.toThrow();
});
