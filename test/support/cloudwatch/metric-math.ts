/** Values by id in one period; what was not measured is undefined. */
export type Values = Readonly<Record<string, number | undefined>>;
export type Expression = (values: Values) => number | undefined;

const tokens = /\s*([A-Za-z_]\w*|\d+(?:\.\d+)?|<=|>=|==|!=|[-+*/<>(),])/y;

/**
 * Reads a CloudWatch metric math expression of numbers, ids, `+ - * /`, comparisons, parentheses and IF. Whatever an
 * expression needs and does not have makes it have no value.
 * @throws on whatever else an expression may hold: it is not evaluated here
 */
export function metricMath(text: string): Expression {
  const list: string[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < text.length) {
    const at = tokens.lastIndex;
    const [, token] = tokens.exec(text) ?? [];
    if (token === undefined) throw new Error(`${text.slice(at)}: not evaluated here`);
    list.push(token);
  }
  const expression = comparison(list);
  if (list.length > 0) throw new Error(`${text}: ${list[0]} was not expected`);
  return expression;
}

const operations: Readonly<Record<string, (one: number, other: number) => number>> = {
  "+": (one, other) => one + other,
  "-": (one, other) => one - other,
  "*": (one, other) => one * other,
  "/": (one, other) => one / other,
  "<": (one, other) => Number(one < other),
  ">": (one, other) => Number(one > other),
  "<=": (one, other) => Number(one <= other),
  ">=": (one, other) => Number(one >= other),
  "==": (one, other) => Number(one === other),
  "!=": (one, other) => Number(one !== other),
};

const comparison = (list: string[]): Expression => chain(list, ["<", ">", "<=", ">=", "==", "!="], sum);
const sum = (list: string[]): Expression => chain(list, ["+", "-"], product);
const product = (list: string[]): Expression => chain(list, ["*", "/"], operand);

function chain(list: string[], operators: readonly string[], part: (list: string[]) => Expression): Expression {
  let left = part(list);
  while (operators.includes(list[0] ?? "")) {
    const [before, operation, after] = [left, operations[list.shift()!]!, part(list)];
    left = (values) => {
      const [one, other] = [before(values), after(values)];
      if (one === undefined || other === undefined) return undefined;
      const value = operation(one, other);
      return Number.isFinite(value) ? value : undefined;
    };
  }
  return left;
}

function operand(list: string[]): Expression {
  const token = list.shift();
  if (token === "(") return closed(list, comparison(list));
  if (token === "IF" && list.shift() === "(") return choice(list);
  if (token === undefined || !/^[a-z_\d]/.test(token)) throw new Error(`${token}: not evaluated here`);
  return /^\d/.test(token) ? () => Number(token) : (values) => values[token];
}

function choice(list: string[]): Expression {
  const condition = comparison(list);
  expect(list, ",");
  const then = comparison(list);
  expect(list, ",");
  const otherwise = closed(list, comparison(list));
  return (values) => {
    const found = condition(values);
    const [one, other] = [then(values), otherwise(values)];
    return found === undefined || one === undefined || other === undefined ? undefined : found === 0 ? other : one;
  };
}

function closed(list: string[], expression: Expression): Expression {
  expect(list, ")");
  return expression;
}

function expect(list: string[], token: string): void {
  const found = list.shift();
  if (found !== token) throw new Error(`${token} was expected, not ${found}`);
}
