import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { ProofStore } from "../../ports/proof-store.ts";
import { number } from "./attributes.ts";
import { receiptLifeMs } from "./receipt-store.ts";
import { tableKeys } from "./table-keys.ts";

/** Proofs in the ledger table: a set of positions, so that repeated events change nothing. */
export class DynamoProofStore implements ProofStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async add(batch: string, positions: readonly number[], nowMs: number): Promise<void> {
    await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: tableKeys.proof(batch),
        UpdateExpression: "ADD positions :positions SET expiresAt = :expiresAt",
        ExpressionAttributeValues: {
          ":positions": { NS: [...new Set(positions)].map(String) },
          ":expiresAt": number(Math.ceil((nowMs + receiptLifeMs) / 1000)),
        },
      }),
    );
  }

  async get(batch: string): Promise<ReadonlySet<number>> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: tableKeys.proof(batch), ConsistentRead: true }),
    );
    return new Set(item?.positions?.NS?.map(Number));
  }
}
