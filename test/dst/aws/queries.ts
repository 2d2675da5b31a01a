import type { QueryCommandInput } from "@aws-sdk/client-dynamodb";
import type { Item } from "./attribute-values.ts";
import { conditionOf, givenValue } from "./conditions.ts";
import type { Table } from "./table.ts";

const partition = /^pk = (:[A-Za-z0-9_]+)/;

/** One page of a query. The key condition begins with the partition, as all of the product's do. */
export function query(
  table: Table,
  input: QueryCommandInput,
  { nowMs, pageSize, lagMs }: { readonly nowMs: number; readonly pageSize: number | undefined; readonly lagMs: number },
): object {
  const text = input.KeyConditionExpression ?? "";
  const given = { names: input.ExpressionAttributeNames, values: input.ExpressionAttributeValues };
  const [, pk = ""] = partition.exec(text) ?? [];
  const holds = conditionOf(text);
  const ordered = table.sorted(givenValue(pk, given).S ?? "", input.IndexName, nowMs, lagMs);
  if (input.ScanIndexForward === false) ordered.reverse();
  const matching = ordered.filter((item) => holds(item, given));
  const left = input.ExclusiveStartKey === undefined ? matching : behind(table, input, matching);
  const most = Math.min(input.Limit ?? Number.POSITIVE_INFINITY, pageSize ?? Number.POSITIVE_INFINITY);
  const page = left.slice(0, most);
  const last = page.at(-1);
  // DynamoDB cannot know that nothing follows a page that is exactly full.
  const isOpen = last !== undefined && page.length === most;
  return { Items: projected(input, page), ...(isOpen && { LastEvaluatedKey: keyOf(table, input, last) }) };
}

/** The attributes that were asked for, by their own names; all when none were. */
function projected({ ProjectionExpression: text }: QueryCommandInput, items: readonly Item[]): readonly Item[] {
  if (text === undefined) return items;
  const names = new Set(text.split(/[\s,]+/));
  return items.map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name))));
}

function keyOf({ shape }: Table, { IndexName }: QueryCommandInput, item: Item): Item {
  const sort = IndexName === undefined ? undefined : shape.indexes?.[IndexName];
  const { pk = { S: "" }, sk } = item;
  const indexed = sort === undefined ? undefined : item[sort];
  return {
    pk,
    ...(sk !== undefined && { sk }),
    ...(sort !== undefined && indexed !== undefined && { [sort]: indexed }),
  };
}

/** The items behind the key that the page before ended with, whether its item is still there or not. */
function behind(table: Table, { IndexName, ExclusiveStartKey, ScanIndexForward }: QueryCommandInput, items: Item[]) {
  const order = table.order(IndexName);
  const direction = ScanIndexForward === false ? -1 : 1;
  return items.filter((item) => direction * order(item, ExclusiveStartKey ?? {}) > 0);
}
