import type { AttributeValue } from "@aws-sdk/client-dynamodb";

export type Item = Record<string, AttributeValue>;

/** A number as DynamoDB carries it. */
export function number(value: number): AttributeValue {
  return { N: String(value) };
}

/** Reads a number attribute of an item this product wrote. @throws when it is missing or no number */
export function readNumber(item: Item, name: string): number {
  const value = Number(item[name]?.N);
  if (!Number.isFinite(value)) throw new TypeError(`item attribute ${name}: expected a number`);
  return value;
}

/** Reads a text attribute of an item this product wrote. @throws when it is missing or no text */
export function readText(item: Item, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new TypeError(`item attribute ${name}: expected text`);
  return value;
}
