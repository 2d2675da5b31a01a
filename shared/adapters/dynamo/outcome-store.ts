import { type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { OutcomeCounts, OutcomeKey, OutcomeReading, OutcomeStore } from "../../ports/outcome-counts.ts";
import { type Item, number, readText } from "./attributes.ts";
import { queryItems } from "./query-items.ts";
import { outcomesOf, tableKeys } from "./table-keys.ts";

/** Counts in the state table, one item for each (pool, day, route, provider). */
export class DynamoOutcomeStore implements OutcomeStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async add({ pool, day, route, provider }: OutcomeKey, counts: Partial<OutcomeCounts>): Promise<void> {
    const added = Object.entries(counts);
    await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: tableKeys.outcomes(pool, day, route, provider),
        UpdateExpression: `ADD ${added.map(([name]) => `#${name} :${name}`).join(", ")} SET route = :route, provider = :provider`,
        // Some outcomes are reserved words.
        ExpressionAttributeNames: Object.fromEntries(added.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ":route": { S: route },
          ":provider": { S: provider },
          ...Object.fromEntries(added.map(([name, count]) => [`:${name}`, number(count)])),
        },
      }),
    );
  }

  async read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]> {
    const query = {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: outcomesOf(pool, day) } },
      ConsistentRead: true,
    };
    return (await queryItems(this.#client, query)).map((item) => readingOf(pool, day, item));
  }
}

function readingOf(pool: string, day: UtcDay, item: Item): OutcomeReading {
  const route = readText(item, "route");
  const count = (name: keyof OutcomeCounts): number => Number(item[name]?.N ?? 0);
  return {
    key: {
      pool,
      day,
      provider: readText(item, "provider"),
      route: route === "warming" || route === "established" ? route : "shared",
    },
    counts: {
      accepted: count("accepted"),
      delivered: count("delivered"),
      deferred: count("deferred"),
      blocked: count("blocked"),
      bounced: count("bounced"),
      complained: count("complained"),
    },
  };
}
