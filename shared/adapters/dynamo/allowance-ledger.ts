import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Brake } from "../../domain/brakes/brake.ts";
import type { AllowanceKey } from "../../domain/sending/allowance.ts";
import type { AllowanceLedger, AllowanceReading, OpenedBy } from "../../ports/allowance-ledger.ts";
import { allowanceOf } from "./allowance-item.ts";
import { type Item, number } from "./attributes.ts";
import { tableKeys } from "./table-keys.ts";

/** Most keys of one BatchGetItem call. */
const batchSize = 100;

/** Whole allowances in the state table. */
export class DynamoAllowanceLedger implements AllowanceLedger {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(keys: readonly AllowanceKey[]): Promise<readonly AllowanceReading[]> {
    const readings: AllowanceReading[] = [];
    for (let start = 0; start < keys.length; start += batchSize) {
      readings.push(...(await this.#readBatch(keys.slice(start, start + batchSize))));
    }
    return readings;
  }

  async open(key: AllowanceKey, limit: number, { pace, brake }: OpenedBy = {}): Promise<boolean> {
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: {
            ...tableKeys.allowance(key),
            limit: number(limit),
            used: number(0),
            epoch: number(1),
            ...(pace !== undefined && { pace: { S: pace } }),
            ...(brake !== undefined && { ...brakeAttributes(brake), brakeFloor: number(0) }),
          },
          ConditionExpression: "attribute_not_exists(pk)",
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async setLimit(key: AllowanceKey, limit: number): Promise<void> {
    await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: tableKeys.allowance(key),
        // A new epoch refuses every reservation that still counts on the old limit.
        UpdateExpression: "SET #limit = :limit, used = if_not_exists(used, :none) ADD epoch :one",
        ExpressionAttributeNames: { "#limit": "limit" },
        ExpressionAttributeValues: { ":limit": number(limit), ":none": number(0), ":one": number(1) },
      }),
    );
  }

  async setBrake(key: AllowanceKey, brake: Brake): Promise<boolean> {
    const attributes = Object.entries(brakeAttributes(brake));
    const sets = attributes.map(([name]) => `${name} = :${name}`);
    const same = "brakeStep = :brakeStep AND brakeSinceMs = :brakeSinceMs AND brakeUntilMs = :brakeUntilMs";
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: tableKeys.allowance(key),
          UpdateExpression: `SET ${sets.join(", ")}, brakeFloor = used ADD epoch :one`,
          ConditionExpression: `attribute_exists(pk) AND NOT (${same})`,
          ExpressionAttributeValues: {
            ...Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])),
            ":one": number(1),
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async #readBatch(keys: readonly AllowanceKey[]): Promise<AllowanceReading[]> {
    const byKey = new Map(keys.map((key) => [keyText(tableKeys.allowance(key)), key]));
    const found: AllowanceReading[] = [];
    for (let open: Item[] = keys.map((key) => tableKeys.allowance(key)); open.length > 0; ) {
      const request = { [this.#table]: { Keys: open, ConsistentRead: true } };
      const page = await this.#client.send(new BatchGetItemCommand({ RequestItems: request }));
      for (const item of page.Responses?.[this.#table] ?? []) {
        const key = byKey.get(keyText(item));
        if (key !== undefined) found.push({ key, allowance: allowanceOf(item) });
      }
      open = page.UnprocessedKeys?.[this.#table]?.Keys ?? [];
    }
    return found;
  }
}

function brakeAttributes({ step, trickles, sinceMs, untilMs }: Brake): Item {
  return {
    brakeStep: { S: step },
    brakeTrickles: { BOOL: trickles },
    brakeSinceMs: number(sinceMs),
    brakeUntilMs: number(untilMs),
  };
}

function keyText({ pk, sk }: Item): string {
  return `${pk?.S}/${sk?.S}`;
}
