import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { RampMark, RampRecord, RecordedDecision } from "../../ports/ramp-record.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { queryItems } from "./query-items.ts";
import { refusedItem } from "./refused-item.ts";
import { decisionsOf, tableKeys } from "./table-keys.ts";

/** Decisions and progress marks in the state table. */
export class DynamoRampRecord implements RampRecord {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async mark(pool: string): Promise<RampMark | undefined> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: tableKeys.rampMark(pool), ConsistentRead: true }),
    );
    if (item === undefined) return undefined;
    return { day: readText(item, "day"), ips: readNumber(item, "ips"), version: readNumber(item, "version") };
  }

  async setMark(pool: string, { day, ips, version }: RampMark): Promise<void> {
    const item = { ...tableKeys.rampMark(pool), day: { S: day }, ips: number(ips), version: number(version) };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item }));
  }

  async replace(decision: RecordedDecision): Promise<void> {
    const { pool, route, provider, day } = decision;
    const item = { ...tableKeys.decision(pool, day, route, provider), ...itemOf(decision) };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item }));
  }

  async keep(decision: RecordedDecision): Promise<RecordedDecision> {
    const { pool, route, provider, day } = decision;
    const key = tableKeys.decision(pool, day, route, provider);
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: { ...key, ...itemOf(decision) },
          ConditionExpression: "attribute_not_exists(pk)",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return decision;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const item = await refusedItem(this.#client, error, { TableName: this.#table, Key: key });
      return item === undefined ? decision : decisionOf(pool, item);
    }
  }

  async decisions(pool: string, from: UtcDay, to: UtcDay): Promise<readonly RecordedDecision[]> {
    const query = {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: { ":pk": { S: decisionsOf(pool) }, ":from": { S: from }, ":to": { S: `${to}~` } },
      ConsistentRead: true,
    };
    return (await queryItems(this.#client, query)).map((item) => decisionOf(pool, item));
  }
}

function itemOf({ route, provider, day, allowance, rule, why }: RecordedDecision): Item {
  return {
    route: { S: route },
    provider: { S: provider },
    day: { S: day },
    allowance: number(allowance),
    rule: { S: rule },
    why: { S: why },
  };
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
