import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { added, type Item, reduced, sum } from "./attribute-values.ts";
import { type Given, givenValue, nameOf, type Operand, operandOf, pathOf } from "./conditions.ts";
import { Tokens } from "./expression-tokens.ts";

type Draft = Record<string, AttributeValue>;
type Action = (draft: Draft, before: Item, given: Given) => void;

const updates = new Map<string, readonly Action[]>();

const clauses = ["SET", "ADD", "REMOVE", "DELETE"];

/** An item after an update expression. All operands are read from the item as it was. */
export function updated(text: string, before: Item, given: Given): Item {
  const draft: Draft = { ...before };
  for (const action of actionsOf(text)) action(draft, before, given);
  return draft;
}

function actionsOf(text: string): readonly Action[] {
  const known = updates.get(text);
  if (known !== undefined) return known;
  const tokens = new Tokens(text);
  const actions: Action[] = [];
  while (tokens.peek() !== undefined) {
    const clause = tokens.take().toUpperCase();
    do actions.push(actionOf(clause, tokens));
    while (tokens.takeIf(","));
    const next = tokens.peek();
    if (next !== undefined && !clauses.includes(next.toUpperCase())) throw new SyntaxError(`unknown update: ${text}`);
  }
  updates.set(text, actions);
  return actions;
}

function actionOf(clause: string, tokens: Tokens): Action {
  const path = tokens.take();
  switch (clause) {
    case "SET":
      return set(path, tokens);
    case "REMOVE":
      return (draft, _before, given) => {
        delete draft[nameOf(path, given)];
      };
    case "ADD": {
      const value = tokens.take();
      return (draft, before, given) => {
        const name = nameOf(path, given);
        draft[name] = added(before[name], givenValue(value, given));
      };
    }
    case "DELETE": {
      const value = tokens.take();
      return (draft, before, given) => {
        const name = nameOf(path, given);
        const left = reduced(before[name], givenValue(value, given));
        if (left === undefined) delete draft[name];
        else draft[name] = left;
      };
    }
    default:
      throw new SyntaxError(`unknown clause ${clause}`);
  }
}

function set(path: string, tokens: Tokens): Action {
  tokens.expect("=");
  const first = setOperand(tokens);
  const sign = tokens.takeIf("+") ? 1 : tokens.takeIf("-") ? -1 : undefined;
  const second = sign === undefined ? undefined : setOperand(tokens);
  return (draft, before, given) => {
    const one = first(before, given);
    const value = sign === undefined || second === undefined ? one : sum(one, second(before, given), sign);
    if (value === undefined) {
      throw new TypeError("The provided expression refers to an attribute that does not exist in the item");
    }
    put(draft, pathOf(path, given), value);
  };
}

/** Sets an attribute; within a map only if that is there. Maps are shared with the item as it was, so they are copied. */
function put(draft: Draft, [name = "", ...inner]: readonly string[], value: AttributeValue): void {
  if (inner.length === 0) {
    draft[name] = value;
    return;
  }
  const map = draft[name]?.M;
  if (map === undefined)
    throw new TypeError("The document path provided in the update expression is invalid for update");
  const copy = { ...map };
  put(copy, inner, value);
  draft[name] = { M: copy };
}

function setOperand(tokens: Tokens): Operand {
  const written = tokens.take();
  if (written !== "if_not_exists") return operandOf(written);
  tokens.expect("(");
  const kept = operandOf(tokens.take());
  tokens.expect(",");
  const otherwise = operandOf(tokens.take());
  tokens.expect(")");
  return (item, given) => kept(item, given) ?? otherwise(item, given);
}
