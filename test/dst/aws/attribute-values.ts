import type { AttributeValue } from "@aws-sdk/client-dynamodb";

export type Item = Readonly<Record<string, AttributeValue>>;

/** Order of two values of one type; undefined when the types differ or have no order. */
export function compared(one: AttributeValue | undefined, other: AttributeValue | undefined): number | undefined {
  if (one?.N !== undefined && other?.N !== undefined) return Number(one.N) - Number(other.N);
  if (one?.S !== undefined && other?.S !== undefined) return one.S === other.S ? 0 : one.S < other.S ? -1 : 1;
  return undefined;
}

export function isEqual(one: AttributeValue | undefined, other: AttributeValue | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.N !== undefined || one.S !== undefined) return compared(one, other) === 0;
  if (one.BOOL !== undefined) return one.BOOL === other.BOOL;
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A number attribute as DynamoDB adds and subtracts it. */
export function sum(one: AttributeValue | undefined, other: AttributeValue | undefined, sign: 1 | -1): AttributeValue {
  if (one?.N === undefined || other?.N === undefined) {
    throw new TypeError("An operand in the update expression has an incorrect data type");
  }
  return { N: String(Number(one.N) + sign * Number(other.N)) };
}

/** What ADD makes of an attribute: a number is added, a set is united. */
export function added(before: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (value.N !== undefined) return before === undefined ? value : sum(before, value, 1);
  if ((value.SS ?? value.NS)?.length === 0) throw new TypeError("A set may not be empty");
  if (value.SS !== undefined) return { SS: united(before?.SS, value.SS) };
  if (value.NS !== undefined) return { NS: united(before?.NS, value.NS) };
  throw new TypeError("ADD takes a number or a set");
}

/** What DELETE leaves of a set; undefined for nothing. */
export function reduced(before: AttributeValue | undefined, value: AttributeValue): AttributeValue | undefined {
  const gone = new Set(value.SS ?? value.NS);
  const left = (before?.SS ?? before?.NS ?? []).filter((member) => !gone.has(member));
  if (left.length === 0) return undefined;
  return value.SS === undefined ? { NS: left } : { SS: left };
}

function united(before: readonly string[] | undefined, more: readonly string[]): string[] {
  return [...new Set([...(before ?? []), ...more])];
}
