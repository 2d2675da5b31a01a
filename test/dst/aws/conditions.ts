import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { compared, type Item, isEqual } from "./attribute-values.ts";
import { Tokens } from "./expression-tokens.ts";

/** What stands for the `#names` and `:values` of an expression. */
export interface Given {
  readonly names?: Readonly<Record<string, string>> | undefined;
  readonly values?: Readonly<Record<string, AttributeValue>> | undefined;
}

export type Operand = (item: Item | undefined, given: Given) => AttributeValue | undefined;
export type Condition = (item: Item | undefined, given: Given) => boolean;

const conditions = new Map<string, Condition>();

/** A condition as a function; each text is read once. */
export function conditionOf(text: string): Condition {
  const known = conditions.get(text);
  if (known !== undefined) return known;
  const tokens = new Tokens(text);
  const condition = anyOf(tokens);
  if (tokens.peek() !== undefined) throw new SyntaxError(`unread rest of expression: ${text}`);
  conditions.set(text, condition);
  return condition;
}

/** An attribute's own name, or what a `#name` stands for. */
export function nameOf(written: string, { names }: Given): string {
  if (!written.startsWith("#")) return written;
  const name = names?.[written];
  if (name === undefined) throw new SyntaxError(`expression name ${written} is not given`);
  return name;
}

export function givenValue(written: string, { values }: Given): AttributeValue {
  const value = values?.[written];
  if (value === undefined) throw new SyntaxError(`expression value ${written} is not given`);
  return value;
}

/** The names of a path such as `#provider.used`, outermost first. */
export function pathOf(written: string, given: Given): readonly string[] {
  return written.split(".").map((part) => nameOf(part, given));
}

/** A `:value` or an attribute of the item, also one within maps. */
export function operandOf(written: string): Operand {
  if (written.startsWith(":")) return (_item, given) => givenValue(written, given);
  return (item, given) => {
    const [first = "", ...inner] = pathOf(written, given);
    return inner.reduce((value, name) => value?.M?.[name], item?.[first]);
  };
}

function anyOf(tokens: Tokens): Condition {
  const parts = [allOf(tokens)];
  while (tokens.takeIf("OR")) parts.push(allOf(tokens));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return (item, given) => parts.some((part) => part(item, given));
}

function allOf(tokens: Tokens): Condition {
  const parts = [negated(tokens)];
  while (tokens.takeIf("AND")) parts.push(negated(tokens));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return (item, given) => parts.every((part) => part(item, given));
}

function negated(tokens: Tokens): Condition {
  if (!tokens.takeIf("NOT")) return single(tokens);
  const inner = negated(tokens);
  return (item, given) => !inner(item, given);
}

function single(tokens: Tokens): Condition {
  if (tokens.takeIf("(")) {
    const inner = anyOf(tokens);
    tokens.expect(")");
    return inner;
  }
  const first = tokens.take();
  if (tokens.takeIf("(")) return ofFunction(first, tokens);
  const left = operandOf(first);
  if (tokens.takeIf("BETWEEN")) {
    const from = operandOf(tokens.take());
    tokens.expect("AND");
    const to = operandOf(tokens.take());
    return (item, given) =>
      (compared(left(item, given), from(item, given)) ?? -1) >= 0 &&
      (compared(left(item, given), to(item, given)) ?? 1) <= 0;
  }
  return comparison(left, tokens.take(), operandOf(tokens.take()));
}

function ofFunction(name: string, tokens: Tokens): Condition {
  const at = operandOf(tokens.take());
  switch (name) {
    case "attribute_exists":
      tokens.expect(")");
      return (item, given) => at(item, given) !== undefined;
    case "attribute_not_exists":
      tokens.expect(")");
      return (item, given) => at(item, given) === undefined;
    case "begins_with": {
      tokens.expect(",");
      const prefix = operandOf(tokens.take());
      tokens.expect(")");
      return (item, given) => at(item, given)?.S?.startsWith(prefix(item, given)?.S ?? "\u0000") === true;
    }
    default:
      throw new SyntaxError(`unknown function ${name}`);
  }
}

function comparison(left: Operand, sign: string, right: Operand): Condition {
  const ordered =
    (holds: (order: number) => boolean): Condition =>
    (item, given) => {
      const order = compared(left(item, given), right(item, given));
      return order !== undefined && holds(order);
    };
  switch (sign) {
    case "=":
      return (item, given) => isEqual(left(item, given), right(item, given));
    case "<>":
      return (item, given) => !isEqual(left(item, given), right(item, given));
    case "<":
      return ordered((order) => order < 0);
    case "<=":
      return ordered((order) => order <= 0);
    case ">":
      return ordered((order) => order > 0);
    case ">=":
      return ordered((order) => order >= 0);
    default:
      throw new SyntaxError(`unknown comparison ${sign}`);
  }
}
