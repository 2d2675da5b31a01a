import { DeleteItemCommand, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { DynamoHeldMail } from "../../shared/adapters/dynamo/held-mail.ts";
import { tableKeys } from "../../shared/adapters/dynamo/table-keys.ts";
import type { HeldMail } from "../../shared/ports/held-mail.ts";
import { aHeldMessage, freshNames, noonMs } from "../support/builders.ts";
import { MemoryHeldMail } from "../support/fakes/memory-held-mail.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const inDynamo = () => new DynamoHeldMail(tables().client, tables().held);
const engines: [string, () => HeldMail][] = [
  ["in memory", () => new MemoryHeldMail()],
  ["in DynamoDB", inDynamo],
];
const newHold = freshNames("hold");
const newPool = freshNames("pool");
const newMessage = () => aHeldMessage({ pool: newPool(), holdId: newHold(), untilMs: noonMs });

/** Text of this many bytes of UTF-8 at least; `shift` moves the place inside `unit` where a part would end. */
const textOf = (bytes: number, unit: string, shift = 0) =>
  "a".repeat(shift) + unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)));

describe.each(engines)("bodies of held mail %s", (_, open) => {
  test.each([
    ["900 KB of ASCII", textOf(900_000, "x")],
    ["900 KB of two bytes a character, cut between them", textOf(900_000, "ü", 1)],
    ["900 KB of three bytes a character, cut after the first", textOf(900_000, "€", 1)],
    ["900 KB of three bytes a character, cut after the second", textOf(900_000, "€", 2)],
    ["900 KB of surrogate pairs, cut after the first byte", textOf(900_000, "😀", 1)],
    ["900 KB of surrogate pairs, cut after the third byte", textOf(900_000, "😀", 3)],
    ["1 MiB, the most a queue message has", "x".repeat(1_048_576)],
    ["exactly one part", "x".repeat(350_000)],
    ["a byte more than one part", "x".repeat(350_001)],
  ])("%s comes back byte for byte", async (__, body) => {
    const [held, message] = [open(), newMessage()];
    await held.hold(message, body);
    const [found] = (await held.due(message.pool, noonMs, 1)).messages;
    expect(Buffer.from((await held.body(found!)) ?? "").equals(Buffer.from(body))).toBe(true);
  });

  test("long bodies count as one message each", async () => {
    const [held, message] = [open(), newMessage()];
    await held.hold(message, textOf(800_000, "x"));
    expect(await held.count(message.pool)).toBe(1);
  });

  test("long bodies do not make a page short: as many messages come as were asked for", async () => {
    const [held, message] = [open(), newMessage()];
    const ids = ["m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7"];
    const body = textOf(300_000, "x");
    await Promise.all(ids.map((id) => held.hold({ ...message, id, holdId: newHold() }, body)));
    expect((await held.waiting(message.pool, "gmail", 8)).messages).toHaveLength(8);
    expect((await held.due(message.pool, noonMs, 8)).messages).toHaveLength(8);
  });

  test("a message held again keeps its body when the holding before is removed", async () => {
    const [held, forTime] = [open(), { ...newMessage(), because: "send-after" as const }];
    const forRoom = { ...forTime, because: "no-room" as const, holdId: newHold() };
    const again = { ...forRoom, holdId: newHold() };
    for (const message of [forTime, forRoom, again]) await held.hold(message, "body");
    await held.remove(forTime);
    await held.remove(forRoom);
    const [found] = (await held.waiting(again.pool, "gmail", 1)).messages;
    expect(await held.body(found!)).toBe("body");
  });

  test("what was removed has no body any more, not an empty text", async () => {
    const [held, message] = [open(), newMessage()];
    await held.hold(message, "body");
    await held.remove(message);
    expect(await held.body(message)).toBeUndefined();
  });
});

test("a holding whose body could not be kept is never found", async () => {
  const [{ client, loseNextReply }, message] = [tables().another(), newMessage()];
  const held = new DynamoHeldMail(client, tables().held);
  await held.hold(message, "body");
  loseNextReply();
  await expect(held.hold({ ...message, holdId: newHold() }, "body")).rejects.toThrow();
  expect(await held.count(message.pool)).toBe(1);
});

describe("parts in DynamoDB", () => {
  const partOf = (holdId: string, index: number) => ({
    TableName: tables().held,
    Key: tableKeys.heldBody(holdId, index),
  });

  test("are removed with their message, all of them", async () => {
    const [held, message] = [inDynamo(), newMessage()];
    await held.hold(message, textOf(800_000, "x"));
    await held.remove(message);
    const left = [0, 1, 2].map(async (index) => {
      const { Item: item } = await tables().client.send(new GetItemCommand(partOf(message.holdId, index)));
      return item;
    });
    expect(await Promise.all(left)).toEqual([undefined, undefined, undefined]);
  });

  test.each([0, 1, 2])("a message without its part %i is not handed out with half a body", async (index) => {
    const [held, message] = [inDynamo(), newMessage()];
    await held.hold(message, textOf(800_000, "x"));
    await tables().client.send(new DeleteItemCommand(partOf(message.holdId, index)));
    expect(await held.body(message)).toBeUndefined();
  });
});
