import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Receipt } from "../../domain/sending/claim.ts";
import { claimLifeMs } from "../../domain/sending/id-life.ts";
import { dayMs } from "../../domain/utc-day.ts";
import type { ReceiptStore } from "../../ports/receipt-store.ts";
import { number, readText } from "./attributes.ts";
import { tableKeys } from "./table-keys.ts";

/** Receipts and proofs outlive claims by a week: a lost receipt reads as an unknown outcome. */
export const receiptLifeMs = claimLifeMs + 7 * dayMs;

/** Receipts in the ledger table; positions as text ("0,3,4"), which keeps an item far below one write unit. */
export class DynamoReceiptStore implements ReceiptStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async put({ batch, sent, unknown, silent = false, putOff = [] }: Receipt, nowMs: number): Promise<void> {
    await this.#client.send(
      new PutItemCommand({
        TableName: this.#table,
        Item: {
          ...tableKeys.receipt(batch),
          sent: { S: sent.join(",") },
          unknown: { S: unknown.join(",") },
          ...(silent && { silent: { BOOL: true } }),
          ...(putOff.length > 0 && { putOff: { S: putOff.join(",") } }),
          expiresAt: number(Math.ceil((nowMs + receiptLifeMs) / 1000)),
        },
      }),
    );
  }

  async get(batch: string): Promise<Receipt | undefined> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: tableKeys.receipt(batch), ConsistentRead: true }),
    );
    if (item === undefined) return undefined;
    const { putOff, silent } = item;
    return {
      batch,
      sent: positions(readText(item, "sent")),
      unknown: positions(readText(item, "unknown")),
      ...(silent?.BOOL === true && { silent: true }),
      ...(putOff?.S !== undefined && { putOff: positions(putOff.S) }),
    };
  }
}

function positions(text: string): number[] {
  return text === "" ? [] : text.split(",").map(Number);
}
