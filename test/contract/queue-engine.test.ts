import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CreateQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test } from "vitest";
import { startQueueEngine } from "../../infra/local/engines/queue-engine.ts";
import { queueClient, takeAll } from "../support/queues.ts";

const processFile = fileURLToPath(new URL("../support/queue-engine-process.ts", import.meta.url));

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-queue-engine-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function restarted(folder: string) {
  const engine = await startQueueEngine(folder);
  onTestFinished(() => engine.close());
  return engine;
}

test("mail on a queue survives an engine that was killed", { timeout: 30_000 }, async () => {
  const folder = aFolder();
  const child = spawn(process.execPath, [processFile, folder], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [url] = await once(createInterface({ input: child.stdout }), "line");
  const client = queueClient(String(url));
  await client.send(new CreateQueueCommand({ QueueName: "send" }));
  const QueueUrl = `${url}/000000000000/send`;
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "accepted before the kill €" }));
  child.kill("SIGKILL");
  await once(child, "exit");
  const engine = await restarted(folder);
  const messages = await takeAll(queueClient(engine.url), engine.queueUrl("send"));
  expect(messages.map(({ Body }) => Body)).toEqual(["accepted before the kill €"]);
});

test("mail that was taken off a queue does not come back with the next start", async () => {
  const folder = aFolder();
  const before = await startQueueEngine(folder);
  const client = queueClient(before.url);
  await client.send(new CreateQueueCommand({ QueueName: "send" }));
  const QueueUrl = before.queueUrl("send");
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "once" }));
  expect(await takeAll(client, QueueUrl)).toHaveLength(1);
  await before.close();
  const after = await restarted(folder);
  expect(await takeAll(queueClient(after.url), after.queueUrl("send"))).toEqual([]);
});

test("state tells visible, delayed and received mail apart", async () => {
  const engine = await restarted(aFolder());
  const client = queueClient(engine.url);
  await client.send(new CreateQueueCommand({ QueueName: "send" }));
  const QueueUrl = engine.queueUrl("send");
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "now" }));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "later", DelaySeconds: 60 }));
  expect(engine.state("send")).toEqual({ visible: 1, inFlight: 0, delayed: 1 });
});

test("a body may hold every character SQS takes, also those written as surrogate pairs", async () => {
  const engine = await restarted(aFolder());
  const client = queueClient(engine.url);
  await client.send(new CreateQueueCommand({ QueueName: "send" }));
  const QueueUrl = engine.queueUrl("send");
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "Hello 😀" }));
  expect((await takeAll(client, QueueUrl)).map(({ Body }) => Body)).toEqual(["Hello 😀"]);
});
