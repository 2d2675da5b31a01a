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
