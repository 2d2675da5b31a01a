import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { claimLifeMs } from "../../domain/sending/id-life.ts";
import type { Chance } from "../../ports/chance.ts";
import type { ReleaseMarks } from "../../ports/release-marks.ts";
import { number } from "./attributes.ts";
import { refusedItem } from "./refused-item.ts";
import { tableKeys } from "./table-keys.ts";

/** Marks in the ledger table: one conditional put, kept as long as an event can come back. */
export class DynamoReleaseMarks implements ReleaseMarks {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #chance: Chance;

  constructor(client: DynamoDBClient, table: string, chance: Chance) {
    this.#client = client;
    this.#table = table;
    this.#chance = chance;
  }

  async first(mail: string, nowMs: number): Promise<boolean> {
    const where = { TableName: this.#table, Key: tableKeys.releaseMark(mail) };
    const by = this.#chance.id();
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: { ...where.Key, holder: { S: by }, expiresAt: number(Math.ceil((nowMs + claimLifeMs) / 1000)) },
          ConditionExpression: "attribute_not_exists(pk) OR expiresAt < :now",
          ExpressionAttributeValues: { ":now": number(Math.floor(nowMs / 1000)) },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // The put of an earlier try arrived and its reply was lost: the mark is ours.
      return (await refusedItem(this.#client, error, where))?.holder?.S === by;
    }
  }
}
