import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import type { Item } from "./attributes.ts";

/** The first `limit` items of a query, page by page: DynamoDB ends a page at 1 MB. */
export async function queryItems(
  client: DynamoDBClient,
  query: Omit<QueryCommandInput, "Limit" | "ExclusiveStartKey">,
  limit = Number.POSITIVE_INFINITY,
): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const left = limit - items.length;
    const page = await client.send(
      new QueryCommand({ ...query, Limit: Number.isFinite(left) ? left : undefined, ExclusiveStartKey: start }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && items.length < limit);
  return items;
}
