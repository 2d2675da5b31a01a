import { expect, test } from "vitest";
import { SqsQuarantine } from "../../shared/adapters/sqs/sqs-quarantine.ts";
import { parseSendMessage } from "../../shared/contracts/send-message.ts";
import { aSendMessage, freshNames, noonMs } from "../support/builders.ts";
import { takeAll, useQueues } from "../support/queues.ts";

const queues = useQueues();
const newQueue = freshNames("quarantine");
const reason = { code: "not-json", sentence: "The body is not JSON: send a SendMessage v1 object." } as const;

async function keep(body: string) {
  const { client, create } = queues();
  const url = await create(newQueue());
  await new SqsQuarantine(client, url).keep(body, reason, { enqueuedAtMs: noonMs });
  return (await takeAll(client, url)).map(({ Body = "", MessageId, MessageAttributes: attributes }) => ({
    body: Body,
    messageId: MessageId,
    code: attributes?.code?.StringValue,
    sentence: attributes?.sentence?.StringValue,
    enqueuedAtMs: attributes?.enqueuedAtMs?.StringValue,
    part: attributes?.part?.StringValue,
    of: attributes?.of?.StringValue,
  }));
}

test("a record is kept with its body unchanged, its reason and its first time in attributes", async () => {
  expect(await keep("{ broken €")).toMatchObject([
    { body: "{ broken €", ...reason, enqueuedAtMs: String(noonMs), part: undefined, of: undefined },
  ]);
});

test("an empty body is kept too", async () => {
  expect(await keep("")).toMatchObject([{ body: " ", code: "not-json" }]);
});

test("a body of 1 MiB is kept whole in two numbered messages, each with the reason", async () => {
  const body = `x${"€".repeat(349_525)}`; // 1,048,576 bytes
  const kept = await keep(body);
  const parts = kept.toSorted((one, other) => ((one.part ?? "") < (other.part ?? "") ? -1 : 1));
  expect(parts.map(({ part, code }) => `${part} ${code}`)).toEqual(["1/2 not-json", "2/2 not-json"]);
  expect(parts.map(({ of }) => of)).toEqual([undefined, parts[0]?.messageId]);
  expect(parts.map((part) => part.body).join("") === body).toBe(true);
});

test.each([
  ["control characters in a key", "\u0001\u0000"],
  ["a key of 900 KB", "k".repeat(900_000)],
])("a message malformed by %s is kept with its own reason", async (_, key) => {
  const { client, create } = queues();
  const url = await create(newQueue());
  const body = JSON.stringify(aSendMessage({ [key]: 1 }));
  const parsed = parseSendMessage(body);
  if (parsed.kind === "good") throw new Error("expected a malformed message");
  await new SqsQuarantine(client, url).keep(body, parsed.reason, { enqueuedAtMs: noonMs });
  expect(await takeAll(client, url)).not.toEqual([]);
});

test("what is known of a message without a body is kept with its reason, whatever characters its names have", async () => {
  const { client, create } = queues();
  const url = await create(newQueue());
  const message = { name: "batch-0-1", id: "order\u0000 1", stream: "news", atMs: noonMs };
  await new SqsQuarantine(client, url).note(message, reason);
  const [{ Body = "", MessageAttributes: attributes } = {}] = await takeAll(client, url);
  expect(JSON.parse(Body)).toEqual(message);
  expect(attributes).toMatchObject({
    noted: { StringValue: "true" },
    code: { StringValue: reason.code },
    sentence: { StringValue: reason.sentence },
  });
});

test("a record that cannot be kept is an error: it must go back to its queue", async () => {
  const url = (await queues().create(newQueue())).replace(/quarantine\d+$/, "nowhere");
  await expect(new SqsQuarantine(queues().client, url).keep("{}", reason, { enqueuedAtMs: noonMs })).rejects.toThrow();
});
