import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import type { Item } from "./attributes.ts";

type Query = Omit<QueryCommandInput, "Limit" | "ExclusiveStartKey">;

/** The first `limit` items of a query, all at once. */
export async function queryItems(
  client: DynamoDBClient,
  query: Query,
  limit = Number.POSITIVE_INFINITY,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of queryPages(client, query, limit)) items.push(...page);
  return items;
}

/** Up to `limit` items from a key on, and the key at which the query goes on; undefined at its end. */
export async function queryFrom(
  client: DynamoDBClient,
  query: Query,
  limit: number,
  from: Item | undefined,
): Promise<{ readonly items: readonly Item[]; readonly next: Item | undefined }> {
  const items: Item[] = [];
  let next = from;
  do {
    const left = limit - items.length;
    const page = await client.send(
      new QueryCommand({ ...query, Limit: Number.isFinite(left) ? left : undefined, ExclusiveStartKey: next }),
    );
    items.push(...(page.Items ?? []));
    next = page.LastEvaluatedKey;
  } while (next !== undefined && items.length < limit);
  return { items, next };
}

/** The same page by page, for items of which only a part is kept: DynamoDB ends a page at 1 MB. */
export async function* queryPages(
  client: DynamoDBClient,
  query: Query,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Item[]> {
  let left = limit;
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({ ...query, Limit: Number.isFinite(left) ? left : undefined, ExclusiveStartKey: start }),
    );
    const items = page.Items ?? [];
    yield items;
    left -= items.length;
    start = page.LastEvaluatedKey;
  } while (start !== undefined && left > 0);
}
