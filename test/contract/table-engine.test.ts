import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BatchGetItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import type { RecordedCall } from "../../infra/local/call-log.ts";
import { startTableEngine } from "../../infra/local/engines/table-engine.ts";

const minuteMs = 60_000;
const text = (AttributeName: string) => ({ AttributeName, AttributeType: "S" }) as const;

async function openTables() {
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-table-engine-"));
  const calls: RecordedCall[] = [];
  const engine = await startTableEngine(folder, (call) => calls.push(call));
  const credentials = { accessKeyId: "dispatcher", secretAccessKey: "test" };
  const client = new DynamoDBClient({ endpoint: engine.url, credentials, region: "us-east-1", maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const TableName of ["State", "Ledger"]) {
    const KeySchema = [{ AttributeName: "pk", KeyType: "HASH" as const }];
    const table = { TableName, KeySchema, AttributeDefinitions: [text("pk")], BillingMode: "PAY_PER_REQUEST" as const };
    await client.send(new CreateTableCommand(table));
  }
  const Key = { pk: { S: "a" } };
  return {
    engine,
    client,
    calls,
    get: (TableName: string) => client.send(new GetItemCommand({ TableName, Key })),
    put: (TableName: string) => client.send(new PutItemCommand({ TableName, Item: Key })),
    both: () =>
      client.send(new BatchGetItemCommand({ RequestItems: { State: { Keys: [Key] }, Ledger: { Keys: [Key] } } })),
  };
}

test.each([
  ["access-denied", "AccessDeniedException", 400],
  ["throttle", "ThrottlingException", 400],
  ["server-error", "InternalServerError", 500],
] as const)(
  "calls on a table are answered with %s as ordered, and those on others are not",
  async (answer, name, status) => {
    const { engine, get, put, both } = await openTables();
    await put("State");
    engine.order("State", answer, Date.now() + minuteMs);
    for (const call of [() => get("State"), () => put("State"), both]) {
      await expect(call()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
    }
    expect((await get("Ledger")).$metadata.httpStatusCode).toBe(200);
    engine.order("State", null, 0);
    expect((await get("State")).Item).toEqual({ pk: { S: "a" } });
  },
);

test("an order ends by itself", async () => {
  const { engine, get } = await openTables();
  engine.order("State", "throttle", Date.now() - 1);
  await get("State");
});

test("each call is told with its caller, its action and its table", async () => {
  const { calls, put } = await openTables();
  await put("Ledger");
  const resource = "arn:aws:dynamodb:us-east-1:000000000000:table/Ledger";
  await expect.poll(() => calls.at(-1)).toEqual({ caller: "dispatcher", action: "dynamodb:PutItem", resource });
});
