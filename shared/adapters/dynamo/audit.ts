import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Audit, AuditEntry } from "../../ports/audit.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { queryPages } from "./query-items.ts";
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

  async latest(pool: string, limit: number, by?: string): Promise<readonly AuditEntry[]> {
    const query = {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ...(by !== undefined && { FilterExpression: "author = :by" }),
      ExpressionAttributeValues: { ":pk": { S: auditOf(pool) }, ...(by !== undefined && { ":by": { S: by } }) },
      ScanIndexForward: false,
    };
    const entries: AuditEntry[] = [];
    // DynamoDB's limit counts what it looks at, also what a filter then leaves out.
    for await (const page of queryPages(this.#client, query, by === undefined ? limit : undefined)) {
      entries.push(...page.map(entryOf));
      if (entries.length >= limit) break;
    }
    return entries.slice(0, limit);
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
