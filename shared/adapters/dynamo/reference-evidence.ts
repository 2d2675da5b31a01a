import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { ProviderEvidence, ReferenceEvidence } from "../../ports/reference-evidence.ts";
import { readText } from "./attributes.ts";
import { queryItems } from "./query-items.ts";
import { armsOf, tableKeys } from "./table-keys.ts";

const Share = z.object({ hits: z.number(), total: z.number(), low: z.number(), high: z.number() });

const Stored = z.object({
  verdict: z.enum(["dedicated-better", "dedicated-worse", "no-difference-seen", "not-yet-known"]),
  trial: Share,
  control: Share,
  why: z.string(),
});

/** Evidence in the state table as JSON, one item for each (pool, provider). */
export class DynamoReferenceEvidence implements ReferenceEvidence {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async keep(pool: string, { provider, evidence }: ProviderEvidence): Promise<void> {
    const item = { ...tableKeys.arm(pool, provider), evidence: { S: JSON.stringify(evidence) } };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item }));
  }

  async read(pool: string): Promise<readonly ProviderEvidence[]> {
    const items = await queryItems(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: armsOf(pool) } },
      ConsistentRead: true,
    });
    return items.map((item) => ({
      provider: readText(item, "sk"),
      evidence: Stored.parse(JSON.parse(readText(item, "evidence"))),
    }));
  }
}
