import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { type LifeCycle, newLifeCycle } from "../../domain/warm-up/life-cycle.ts";
import type { LifeCycles } from "../../ports/life-cycles.ts";
import { number, readText } from "./attributes.ts";
import { tableKeys } from "./table-keys.ts";

/** What is stored, as JSON: read rarely, never on the send path. */
const Stored = z.object({
  pool: z.string(),
  phase: z.enum(["idle", "warming", "established"]),
  paused: z.boolean(),
  disabled: z.boolean(),
  since: z.string().optional(),
  providers: z.record(
    z.string(),
    z.object({ paused: z.boolean(), graduatedOn: z.string().optional(), since: z.string().optional() }),
  ),
  ips: z.array(z.object({ ip: z.string(), sesPool: z.string(), percentage: z.number(), since: z.string() })),
  recall: z.array(z.string()),
  holds: z.array(z.object({ code: z.string(), sentence: z.string(), since: z.string() })),
  version: z.number(),
});

const unchangedSince = "attribute_not_exists(pk) OR version = :before";

/** Life cycles in the state table, one item a pool. */
export class DynamoLifeCycles implements LifeCycles {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(pool: string): Promise<LifeCycle> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: tableKeys.lifeCycle(pool), ConsistentRead: true }),
    );
    return item === undefined ? newLifeCycle(pool) : Stored.parse(JSON.parse(readText(item, "lifeCycle")));
  }

  async write(changed: LifeCycle): Promise<boolean> {
    const next = { ...changed, version: changed.version + 1 };
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: {
            ...tableKeys.lifeCycle(changed.pool),
            version: number(next.version),
            lifeCycle: { S: JSON.stringify(next) },
          },
          ConditionExpression: unchangedSince,
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
