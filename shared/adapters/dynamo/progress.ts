import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { History } from "../../domain/warm-up/history.ts";
import type { Progress } from "../../ports/progress.ts";
import { readText } from "./attributes.ts";
import { queryItems } from "./query-items.ts";
import { progressOf, tableKeys } from "./table-keys.ts";

const StoredHistory = z.array(
  z.object({
    day: z.string(),
    ips: z.number(),
    allowance: z.number(),
    used: z.number(),
    deferred: z.number(),
    blocked: z.number(),
    complained: z.number(),
    established: z.number(),
    shared: z.number(),
    braked: z.boolean(),
  }),
);

/** Histories in the state table as JSON, one item for each (pool, provider): read and written once a day. */
export class DynamoProgress implements Progress {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(pool: string): Promise<ReadonlyMap<string, History>> {
    const query = {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: progressOf(pool) } },
      ConsistentRead: true,
    };
    const items = await queryItems(this.#client, query);
    return new Map(
      items.map((item) => [readText(item, "sk"), StoredHistory.parse(JSON.parse(readText(item, "history")))]),
    );
  }

  async write(pool: string, provider: string, history: History): Promise<void> {
    const item = { ...tableKeys.progress(pool, provider), history: { S: JSON.stringify(history) } };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item }));
  }
}
