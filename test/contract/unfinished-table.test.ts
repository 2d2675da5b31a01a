import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { expect, onTestFinished, test } from "vitest";
import { createTable } from "../../infra/local/deploy.ts";
import { serverUrl } from "../../infra/local/engines/server-url.ts";
import { startTableEngine } from "../../infra/local/engines/table-engine.ts";

const byKey = {
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" as const }],
  AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" as const }],
};

const clientOf = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: "us-east-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "a", secretAccessKey: "test" },
  });

test("a table whose making a kill cut off is finished by the next start", async () => {
  const path = mkdtempSync(join(tmpdir(), "ses-warmup-unfinished-"));
  const killed = dynalite({ createTableMs: 600_000, path });
  killed.listen(0, "127.0.0.1");
  await once(killed, "listening");
  const before = clientOf(serverUrl(killed));
  await before.send(new CreateTableCommand({ TableName: "State", BillingMode: "PAY_PER_REQUEST", ...byKey }));
  before.destroy();
  await new Promise((resolve) => killed.close(resolve));

  const engine = await startTableEngine(path);
  const client = clientOf(engine.url);
  onTestFinished(async () => {
    client.destroy();
    await engine.close();
    rmSync(path, { recursive: true, force: true });
  });
  const put = () => client.send(new PutItemCommand({ TableName: "State", Item: { pk: { S: "a" } } }));
  await expect(put()).rejects.toThrow("not found");
  await createTable(client, "State", byKey);
  await expect(put()).resolves.toBeDefined();
});
