import { type ConditionalCheckFailedException, type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { Item } from "./attributes.ts";

/**
 * The item that made a condition fail. AWS attaches it to the refusal (`ALL_OLD`); an engine that does not is asked for
 * it. What is read later may be newer than what refused: good for the next conditional write, never as a grant.
 */
export async function refusedItem(
  client: DynamoDBClient,
  refusal: ConditionalCheckFailedException,
  where: { readonly TableName: string; readonly Key: Item },
): Promise<Item | undefined> {
  if (refusal.Item !== undefined) return refusal.Item;
  const { Item: item } = await client.send(new GetItemCommand({ ...where, ConsistentRead: true }));
  return item;
}
