import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { type WallRecord, wallLevels } from "../../domain/quality/wall.ts";
import type { Walls } from "../../ports/walls.ts";
import { number, readText } from "./attributes.ts";
import { queryItems } from "./query-items.ts";
import { tableKeys, walls } from "./table-keys.ts";

/** What is stored, as JSON: a few items, read together. */
const Stored = z.object({
  stream: z.string(),
  pool: z.string(),
  pools: z.array(z.string()).optional(),
  wall: z
    .object({
      stream: z.string(),
      pool: z.string(),
      pools: z.array(z.string()).optional(),
      level: z.enum(wallLevels),
      cause: z.enum(["bounces", "complaints", "list"]),
      why: z.string(),
      sinceMs: z.number(),
    })
    .optional(),
  liftedDay: z.string().optional(),
  version: z.number(),
});

/** Walls in the state table, one item for each stream that ever had one. */
export class DynamoWalls implements Walls {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(): Promise<readonly WallRecord[]> {
    const items = await queryItems(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: walls } },
      ConsistentRead: true,
    });
    return items.map((item) => Stored.parse(JSON.parse(readText(item, "record"))));
  }

  async write(changed: WallRecord): Promise<boolean> {
    const next = { ...changed, version: changed.version + 1 };
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: {
            ...tableKeys.wall(changed.stream),
            version: number(next.version),
            record: { S: JSON.stringify(next) },
          },
          ConditionExpression: "attribute_not_exists(pk) OR version = :before",
          ExpressionAttributeValues: { ":before": number(changed.version) },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
