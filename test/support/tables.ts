import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll } from "vitest";
import { startTableEngine } from "../../infra/local/engines/table-engine.ts";
import { heldByDue } from "../../shared/contracts/tables.ts";
import type { Wait } from "../../shared/ports/wait.ts";

/** A client of the engine, whose replies a test can lose after the engine has carried the call out. */
interface EngineClient {
  readonly client: DynamoDBClient;
  loseNextReply(): void;
}

/** For adapters that wait before they ask again. */
export const noWait: Wait = async () => {};

export interface Tables {
  readonly client: DynamoDBClient;
  readonly state: string;
  readonly ledger: string;
  readonly held: string;
  /** A client of its own, as another instance of a function has it: one attempt a call. */
  another(): EngineClient;
}

const text = (AttributeName: string) => ({ AttributeName, AttributeType: "S" }) as const;
const hash = { AttributeName: "pk", KeyType: "HASH" } as const;
const range = { AttributeName: "sk", KeyType: "RANGE" } as const;
const BillingMode = "PAY_PER_REQUEST";

const schemas: CreateTableCommandInput[] = [
  { TableName: "state", BillingMode, AttributeDefinitions: [text("pk"), text("sk")], KeySchema: [hash, range] },
  { TableName: "ledger", BillingMode, AttributeDefinitions: [text("pk")], KeySchema: [hash] },
  {
    TableName: "held",
    BillingMode,
    AttributeDefinitions: [text("pk"), text("sk"), { AttributeName: heldByDue.sortKey, AttributeType: "N" }],
    KeySchema: [hash, range],
    GlobalSecondaryIndexes: [
      {
        IndexName: heldByDue.name,
        KeySchema: [hash, { AttributeName: heldByDue.sortKey, KeyType: "RANGE" }],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  },
];

/** Starts the table engine for the tests of a file, in a folder of its own, and makes the product's tables. */
export function useTables(): () => Tables {
  let tables: Tables | undefined;
  const endings: (() => Promise<void> | void)[] = [];
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "ses-warmup-tables-"));
    endings.push(() => rmSync(folder, { recursive: true, force: true }));
    const engine = await startTableEngine(folder);
    endings.push(() => engine.close());
    const client = clientOf(engine.url).client;
    for (const schema of schemas) await client.send(new CreateTableCommand(schema));
    tables = { client, state: "state", ledger: "ledger", held: "held", another: () => clientOf(engine.url) };
  });
  afterAll(async () => {
    for (const end of endings.toReversed()) await end();
  });
  return () => {
    if (tables === undefined) throw new Error("the table engine has not started");
    return tables;
  };
}

function clientOf(endpoint: string): EngineClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({ endpoint, credentials, region: "us-east-1", maxAttempts: 1 });
  let toLose = 0;
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = async (...call) => {
    const reply = await handle(...call);
    if (toLose === 0) return reply;
    toLose -= 1;
    throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
  };
  const loseNextReply = () => {
    toLose += 1;
  };
  return { client, loseNextReply };
}
