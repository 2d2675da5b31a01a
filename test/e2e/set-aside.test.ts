import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allSent } from "../../infra/local/run/summary.ts";
import { idOfMessageTag } from "../../shared/domain/sending/message-tag.ts";
import { enqueue, mail } from "./application.ts";
import { typeFor } from "./operator-process.ts";
import { letPass, type RunningSystem, startAtMidnight } from "./run-locally.ts";

let running: RunningSystem;

const run = (...args: string[]) => typeFor(running, args);
const lines = (out: string) => out.split("\n").map((line) => JSON.parse(line));
const sentIds = () => allSent(running.system).map(({ id }) => idOfMessageTag(id));

beforeAll(async () => {
  running = await startAtMidnight();
  const { system } = running;
  const sqs = system.clients.queues;
  await enqueue(sqs, system.queueUrl("SendPathSendQueue"), [
    "hello",
    mail("w-1", "a@gmail.com", { stream: "birthday" }),
  ]);
  // A record that is no SES event is delivered to the feedback function five times, and then set aside by SQS.
  await enqueue(sqs, system.queueUrl("FeedbackPathFeedbackQueue"), ["no event"]);
  // As SQS would leave mail that the dispatcher was given ten times in vain.
  const enqueuedAtMs = { DataType: "String", StringValue: String(system.clock.nowMs() - 3_600_000) };
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: system.queueUrl("SendPathSendDeadLetters"),
      MessageBody: JSON.stringify(mail("d-1", "b@gmail.com")),
      MessageAttributes: { enqueuedAtMs },
    }),
  );
  await system.settle();
  await letPass(system, 60);
}, 180_000);

afterAll(() => running.system.close());

test("quarantine is listed as JSON lines, the latest first, and as a table", async () => {
  const { code, out, err } = await run("quarantine", "list", "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(lines(out)).toHaveLength(2);
  expect(lines(out)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: null, stream: null, code: "not-json" }),
      expect.objectContaining({ id: "w-1", stream: "birthday", code: "unknown-stream" }),
    ]),
  );
  for (const { at, sentence } of lines(out)) {
    expect(new Date(at).toISOString()).toBe(at);
    expect(sentence).toMatch(/\w{3,}/);
  }
  expect((await run("quarantine", "list")).out).toMatch(/birthday +w-1 +unknown-stream/);
});

test("dead letters of mail and of SES events are listed, and none lies on a queue any more", async () => {
  const { out, err } = await run("dead-letters", "list", "--json");
  expect(lines(out)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: "d-1", stream: "newsletter", code: "not-worked" }),
      expect.objectContaining({ id: null, code: "event-not-counted" }),
    ]),
  );
  expect(err).toBe("");
});

test("status counts both", async () => {
  const { out } = await run("status", "--json");
  expect(JSON.parse(out)).toMatchObject({ quarantined: 2, deadLetters: 2 });
});

test("a dead letter that is requeued is sent, once, and is listed no more", async () => {
  expect(sentIds()).not.toContain("d-1");
  expect(await run("dead-letters", "requeue", "d-1")).toMatchObject({ code: 0, out: "d-1 is on the send queue again" });
  await running.system.settle();
  expect(sentIds().filter((id) => id === "d-1")).toHaveLength(1);
  expect((await run("dead-letters", "list", "--json")).out).not.toContain("d-1");
  expect((await run("audit")).out).toMatch(/operator +requeue-dead-letters +put back .*: send 1/);
});

test("mail that is requeued without its cause being gone is in quarantine again", async () => {
  expect((await run("quarantine", "requeue", "w-1")).code).toBe(0);
  await running.system.settle();
  const again = lines((await run("quarantine", "list", "--json")).out);
  expect(again.filter(({ id }) => id === "w-1")).toMatchObject([{ code: "unknown-stream" }]);
});

test("what nobody set aside is named, and nothing else happens", async () => {
  const { code, err } = await run("quarantine", "requeue", "nobody");
  expect({ code, err }).toEqual({ code: 1, err: 'nobody is not in quarantine: "quarantine list" shows what is.' });
});

test.each([
  [["quarantine"], /expected list or requeue/],
  [["quarantine", "drop", "w-1"], /expected list or requeue/],
  [["quarantine", "list", "w-1"], /takes no id/],
  [["dead-letters", "requeue"], /name the messages by id/],
])("%j is a wrong call", async (args, says) => {
  expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringMatching(says) });
});
