import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Audit, AuditEntry } from "../../ports/audit.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { queryItems } from "./query-items.ts";
import { auditOf, tableKeys } from "./table-keys.ts";

/** The audit in the state table, a partition for each pool, in order of time. */
export class DynamoAudit implements Audit {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async keep(entry: AuditEntry): Promise<void> {
    const { provider, ip } = entry;
    await this.#client.send(
      new PutItemCommand({
        TableName: this.#table,
        Item: {
          ...tableKeys.audit(entry),
          atMs: number(entry.atMs),
          author: { S: entry.by },
          pool: { S: entry.pool },
          did: { S: entry.action },
          says: { S: entry.says },
          ...(provider !== undefined && { provider: { S: provider } }),
          ...(ip !== undefined && { ip: { S: ip } }),
        },
      }),
    );
  }

  async latest(pool: string, limit: number): Promise<readonly AuditEntry[]> {
    const query = {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: auditOf(pool) } },
      ScanIndexForward: false,
    };
    return (await queryItems(this.#client, query, limit)).map(entryOf);
  }
}

function entryOf(item: Item): AuditEntry {
  return {
    atMs: readNumber(item, "atMs"),
    by: readText(item, "author"),
    pool: readText(item, "pool"),
    provider: item.provider?.S,
    ip: item.ip?.S,
    action: readText(item, "did"),
    says: readText(item, "says"),
  };
}
