/** An item's attributes as plain values. */
export type Plain = Readonly<Record<string, number | string | undefined>>;

/** Evaluates the part of DynamoDB's condition expressions that the allowance store writes. @throws on any other */
export function holds(condition: string, item: Plain, values: Plain): boolean {
  const words = condition.match(/<=|>=|<>|[=<>()]|[:\w]+/g) ?? [];
  const next = (): string => words.shift() ?? "";
  const value = (word: string) => (word.startsWith(":") ? values[word] : item[word]);
  const anyOf = (): boolean => {
    let holdsSoFar = allOf();
    while (words[0] === "OR") {
      next();
      holdsSoFar = allOf() || holdsSoFar;
    }
    return holdsSoFar;
  };
  const allOf = (): boolean => {
    let holdsSoFar = one();
    while (words[0] === "AND") {
      next();
      holdsSoFar = one() && holdsSoFar;
    }
    return holdsSoFar;
  };
  const one = (): boolean => {
    const word = next();
    if (word === "(") return inBrackets(anyOf);
    if (word === "attribute_not_exists") {
      next();
      return inBrackets(() => value(next()) === undefined);
    }
    return compare(value(word), next(), value(next()));
  };
  const inBrackets = (read: () => boolean): boolean => {
    const found = read();
    if (next() !== ")") throw new Error(`not evaluated here: ${condition}`);
    return found;
  };
  const found = anyOf();
  if (words.length > 0) throw new Error(`not evaluated here: ${condition}`);
  return found;
}

type Value = Plain[string];

function compare(one: Value, sign: string, other: Value): boolean {
  if (sign === "<>") return one !== other;
  if (one === undefined || other === undefined) return false;
  switch (sign) {
    case "=":
      return one === other;
    case "<=":
      return one <= other;
    case ">=":
      return one >= other;
    case "<":
      return one < other;
    default:
      throw new Error(`not compared here: ${sign}`);
  }
}

/** Applies `SET a = b + :c, d = :e`. @throws on any other update expression */
export function applied(update: string, item: Plain, values: Plain): Plain {
  const changed: Record<string, number | string | undefined> = { ...item };
  for (const part of update.replace(/^SET /, "").split(",")) {
    const [, to, from = "", sign, by = ""] = /^\s*(\w+) = ([:\w]+)(?: ([+-]) (:\w+))?\s*$/.exec(part) ?? [];
    if (to === undefined) throw new Error(`not applied here: ${update}`);
    const value = from.startsWith(":") ? values[from] : item[from];
    changed[to] = sign === undefined ? value : Number(value) + (sign === "+" ? 1 : -1) * Number(values[by]);
  }
  return changed;
}
