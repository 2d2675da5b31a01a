import { type DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { RampRecord, RecordedDecision } from "../../ports/ramp-record.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { decisionsOf, tableKeys } from "./table-keys.ts";

/** Decisions and progress marks in the state table. */
export class DynamoRampRecord implements RampRecord {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async rampedDay(pool: string): Promise<UtcDay | undefined> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: tableKeys.rampedDay(pool), ConsistentRead: true }),
    );
    return item === undefined ? undefined : readText(item, "day");
  }

  async markRamped(pool: string, day: UtcDay): Promise<void> {
    const item = { ...tableKeys.rampedDay(pool), day: { S: day } };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item }));
  }

  async keep({ pool, route, provider, day, allowance, rule, why }: RecordedDecision): Promise<void> {
    await this.#client.send(
      new PutItemCommand({
        TableName: this.#table,
        Item: {
          ...tableKeys.decision(pool, day, route, provider),
          route: { S: route },
          provider: { S: provider },
          day: { S: day },
          allowance: number(allowance),
          rule: { S: rule },
          why: { S: why },
        },
      }),
    );
  }

  async decisions(pool: string, from: UtcDay, to: UtcDay): Promise<readonly RecordedDecision[]> {
    const decisions: RecordedDecision[] = [];
    let start: Item | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
          ExpressionAttributeValues: { ":pk": { S: decisionsOf(pool) }, ":from": { S: from }, ":to": { S: `${to}~` } },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      );
      decisions.push(...(page.Items ?? []).map((item) => decisionOf(pool, item)));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return decisions;
  }
}

function decisionOf(pool: string, item: Item): RecordedDecision {
  return {
    pool,
    route: readText(item, "route") === "established" ? "established" : "warming",
    provider: readText(item, "provider"),
    day: readText(item, "day"),
    allowance: readNumber(item, "allowance"),
    rule: readText(item, "rule"),
    why: readText(item, "why"),
  };
}
