import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Claim } from "../../domain/sending/claim.ts";
import type { ClaimAnswer, ClaimStore, ClaimTimes } from "../../ports/claim-store.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { refusedItem } from "./refused-item.ts";
import { tableKeys } from "./table-keys.ts";

const free = "attribute_not_exists(pk) OR expiresAt < :now";
const stillTheirs = "batchId = :batch AND attempt = :attempt";

/** Claims in the ledger table: one conditional put, one write unit. */
export class DynamoClaimStore implements ClaimStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  claim(id: string, claim: Claim, { nowMs, untilMs }: ClaimTimes): Promise<ClaimAnswer> {
    return this.#put(id, claim, untilMs, { condition: free, values: { ":now": number(Math.floor(nowMs / 1000)) } });
  }

  takeOver(id: string, from: Claim, to: Claim, { untilMs }: Pick<ClaimTimes, "untilMs">): Promise<ClaimAnswer> {
    const values = { ":batch": { S: from.batch }, ":attempt": number(from.attempt) };
    return this.#put(id, to, untilMs, { condition: stillTheirs, values });
  }

  async #put(
    id: string,
    claim: Claim,
    untilMs: number,
    { condition, values }: { condition: string; values: Item },
  ): Promise<ClaimAnswer> {
    const key = tableKeys.claim(id);
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: { ...key, ...itemOf(claim), expiresAt: number(Math.ceil(untilMs / 1000)) },
          ConditionExpression: condition,
          ExpressionAttributeValues: values,
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return { kind: "claimed" };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const item = await refusedItem(this.#client, error, { TableName: this.#table, Key: key });
      if (item === undefined) throw error; // expired between refusal and read: the record's retry claims it
      const found = claimOf(item);
      // The put of an earlier try arrived and its reply was lost: the claim is ours.
      if (found.batch === claim.batch && found.position === claim.position) return { kind: "claimed" };
      return { kind: "taken", by: found };
    }
  }
}

function itemOf({ batch, position, attempt, resends, deadlineMs, fingerprint, ...counts }: Claim): Item {
  const { silentResends = 0, putOffs = 0 } = counts;
  return {
    batchId: { S: batch }, // `batch` is a reserved word
    position: number(position),
    attempt: number(attempt),
    resends: number(resends),
    deadlineMs: number(deadlineMs),
    fingerprint: { S: fingerprint },
    ...(silentResends > 0 && { silentResends: number(silentResends) }),
    ...(putOffs > 0 && { putOffs: number(putOffs) }),
  };
}

function claimOf(item: Item): Claim {
  return {
    batch: readText(item, "batchId"),
    position: readNumber(item, "position"),
    attempt: readNumber(item, "attempt"),
    resends: readNumber(item, "resends"),
    deadlineMs: readNumber(item, "deadlineMs"),
    fingerprint: readText(item, "fingerprint"),
    ...(item.silentResends !== undefined && { silentResends: readNumber(item, "silentResends") }),
    ...(item.putOffs !== undefined && { putOffs: readNumber(item, "putOffs") }),
  };
}
