import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Brake } from "../../domain/brakes/brake.ts";
import type { BrakeKey, Brakes, KeptBrake } from "../../ports/brakes.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { queryItems } from "./query-items.ts";
import { brakesOf, tableKeys } from "./table-keys.ts";

const isSame = "step = :step AND sinceMs = :sinceMs AND untilMs = :untilMs";

/** Brakes in the state table, one item for each (pool, route, provider). */
export class DynamoBrakes implements Brakes {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async keep({ pool, route, provider }: BrakeKey, brake: Brake): Promise<Brake | "same" | undefined> {
    try {
      const { Attributes: before } = await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: {
            ...tableKeys.brake(pool, route, provider),
            route: { S: route },
            provider: { S: provider },
            ...itemOf(brake),
          },
          ConditionExpression: `NOT (${isSame})`,
          ExpressionAttributeValues: valuesOf(brake),
          ReturnValues: "ALL_OLD",
        }),
      );
      return before === undefined ? undefined : brakeOf(before);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return "same";
      throw error;
    }
  }

  async read(pool: string): Promise<readonly KeptBrake[]> {
    const items = await queryItems(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: brakesOf(pool) } },
      ConsistentRead: true,
    });
    return items.map((item) => ({
      key: {
        pool,
        route: readText(item, "route") === "established" ? "established" : "warming",
        provider: readText(item, "provider"),
      },
      brake: brakeOf(item),
      endTold: item.endTold?.BOOL === true,
    }));
  }

  async tellEnd({ pool, route, provider }: BrakeKey, brake: Brake): Promise<boolean> {
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: tableKeys.brake(pool, route, provider),
          UpdateExpression: "SET endTold = :told",
          ConditionExpression: `${isSame} AND attribute_not_exists(endTold)`,
          ExpressionAttributeValues: { ...valuesOf(brake), ":told": { BOOL: true } },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

function valuesOf({ step, sinceMs, untilMs }: Brake): Item {
  return { ":step": { S: step }, ":sinceMs": number(sinceMs), ":untilMs": number(untilMs) };
}

function itemOf({ step, rule, level, trickles, sinceMs, untilMs, why }: Brake): Item {
  return {
    step: { S: step },
    rule: { S: rule },
    level: number(level),
    trickles: { BOOL: trickles },
    sinceMs: number(sinceMs),
    untilMs: number(untilMs),
    why: { S: why },
  };
}

function brakeOf(item: Item): Brake {
  return {
    step: readText(item, "step") === "stop" ? "stop" : "slow",
    rule: readText(item, "rule"),
    level: readNumber(item, "level"),
    trickles: item.trickles?.BOOL === true,
    sinceMs: readNumber(item, "sinceMs"),
    untilMs: readNumber(item, "untilMs"),
    why: readText(item, "why"),
  };
}
