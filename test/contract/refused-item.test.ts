import { ConditionalCheckFailedException, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { refusedItem } from "../../shared/adapters/dynamo/refused-item.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const Key = { pk: { S: "claim#order-1" } };
const inTable = { ...Key, batchId: { S: "in the table" } };
const refusal = { $metadata: {}, message: "The conditional request failed" };

test("the item on the refusal is what refused: nothing is read", async () => {
  const { client, loseNextReply } = tables().another();
  loseNextReply(); // a read would fail
  const onRefusal = { ...Key, batchId: { S: "on the refusal" } };
  const error = new ConditionalCheckFailedException({ ...refusal, Item: onRefusal });
  expect(await refusedItem(client, error, { TableName: "ledger", Key })).toEqual(onRefusal);
});

test("a refusal without its item is followed by a read", async () => {
  const { client } = tables();
  await client.send(new PutItemCommand({ TableName: "ledger", Item: inTable }));
  const error = new ConditionalCheckFailedException(refusal);
  expect(await refusedItem(client, error, { TableName: "ledger", Key })).toEqual(inTable);
});

test("an item that is gone by then is undefined", async () => {
  const error = new ConditionalCheckFailedException(refusal);
  const gone = { TableName: "ledger", Key: { pk: { S: "claim#gone" } } };
  expect(await refusedItem(tables().client, error, gone)).toBeUndefined();
});
