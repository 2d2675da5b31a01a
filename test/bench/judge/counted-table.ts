import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { startTableEngine } from "../../../infra/local/engines/table-engine.ts";

export const tableName = "state";

/** What was read since the last time. */
export interface Read {
  /** Of answers as they come over the network. */
  readonly bytes: number;
  readonly readUnits: number;
  readonly calls: number;
}

/** A table of the local engine, and what is read of it through its client. */
export interface CountedTable {
  readonly client: DynamoDBClient;
  taken(): Read;
  close(): Promise<void>;
}

export async function openCountedTable(): Promise<CountedTable> {
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-bench-"));
  const engine = await startTableEngine(folder);
  const credentials = { accessKeyId: "bench", secretAccessKey: "bench" };
  const client = new DynamoDBClient({ endpoint: engine.url, credentials, region: "us-east-1" });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
      ],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
    }),
  );
  const counter = countReads(client);
  return {
    client,
    taken: () => counter.taken(),
    close: async () => {
      client.destroy();
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function countReads({ middlewareStack }: DynamoDBClient): { taken(): Read } {
  let read = { bytes: 0, readUnits: 0, calls: 0 };
  middlewareStack.add((next) => (args) => next({ ...args, input: asking(args.input) }), { step: "initialize" });
  middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const answer = await next(args);
        if (commandName !== "QueryCommand" && commandName !== "GetItemCommand") return answer;
        const { headers } = Object(answer.response);
        const { ConsumedCapacity: consumed } = Object(answer.output);
        read.bytes += Number(headers["content-length"]);
        read.readUnits += Number(consumed.CapacityUnits);
        read.calls += 1;
        return answer;
      },
    { step: "deserialize", priority: "high" },
  );
  return {
    taken: () => {
      const sofar = read;
      read = { bytes: 0, readUnits: 0, calls: 0 };
      return sofar;
    },
  };
}

/** The same request, asking for what it costs; it changes nothing else of the answer. */
function asking<Input extends object>(input: Input): Input {
  return { ...input, ReturnConsumedCapacity: "TOTAL" };
}
