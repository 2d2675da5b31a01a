/** Whether a log line's JSON matches a pattern. */
export type Matches = (line: unknown) => boolean;

const tokens = /\s*(\(|\)|&&|\|\||\$(?:\.[\w-]+)+|!=|>=|<=|=|>|<|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?)/y;

/**
 * Reads a CloudWatch Logs filter pattern for JSON, `{ ... }`: comparisons of a field with a text (`*` stands for any
 * characters) or a number, `&&`, `||` and parentheses. A field that is missing, or of the other type, matches nothing.
 * @throws on whatever else a pattern may hold: it is not evaluated here
 */
export function filterPattern(pattern: string): Matches {
  const [, inner] = /^\{(.*)\}$/s.exec(pattern.trim()) ?? [];
  if (inner === undefined) throw new Error(`${pattern}: only patterns for JSON are evaluated here`);
  const reader = new Reader(inner.trim());
  const matches = anyOf(reader);
  if (reader.next !== undefined) throw new Error(`${pattern}: ${reader.next} was not expected`);
  return matches;
}

/** The value a metric filter takes from a matching line: a number, or the field it names. */
export function metricValue(written: string, line: unknown): number | undefined {
  const value = written.startsWith("$.") ? fieldOf(written, line) : Number(written);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

class Reader {
  readonly #tokens: string[] = [];

  constructor(text: string) {
    tokens.lastIndex = 0;
    while (tokens.lastIndex < text.length) {
      const at = tokens.lastIndex;
      const [, token] = tokens.exec(text) ?? [];
      if (token === undefined) throw new Error(`${text.slice(at)}: not evaluated here`);
      this.#tokens.push(token);
    }
  }

  get next(): string | undefined {
    return this.#tokens[0];
  }

  take(): string {
    const token = this.#tokens.shift();
    if (token === undefined) throw new Error("the pattern ends too early");
    return token;
  }

  takes(token: string): boolean {
    if (this.next !== token) return false;
    this.take();
    return true;
  }
}

function anyOf(reader: Reader): Matches {
  const parts = [allOf(reader)];
  while (reader.takes("||")) parts.push(allOf(reader));
  return (line) => parts.some((matches) => matches(line));
}

function allOf(reader: Reader): Matches {
  const parts = [one(reader)];
  while (reader.takes("&&")) parts.push(one(reader));
  return (line) => parts.every((matches) => matches(line));
}

function one(reader: Reader): Matches {
  if (reader.takes("(")) {
    const matches = anyOf(reader);
    if (!reader.takes(")")) throw new Error("a parenthesis is not closed");
    return matches;
  }
  const [field, operator, operand] = [reader.take(), reader.take(), reader.take()];
  if (!field.startsWith("$.")) throw new Error(`${field}: a field was expected`);
  return operand.startsWith('"')
    ? textMatches(field, operator, JSON.parse(operand))
    : numberMatches(field, operator, Number(operand));
}

function textMatches(field: string, operator: string, text: string): Matches {
  if (operator !== "=" && operator !== "!=") throw new Error(`${operator} compares no text`);
  const literal = text.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const pattern = new RegExp(`^${literal}$`, "s");
  return (line) => {
    const value = fieldOf(field, line);
    return typeof value === "string" && pattern.test(value) === (operator === "=");
  };
}

const compare: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  "=": (one, other) => one === other,
  "!=": (one, other) => one !== other,
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
};

function numberMatches(field: string, operator: string, operand: number): Matches {
  const holds = compare[operator];
  if (holds === undefined || !Number.isFinite(operand)) throw new Error(`${operator} ${operand}: not evaluated here`);
  return (line) => {
    const value = fieldOf(field, line);
    return typeof value === "number" && holds(value, operand);
  };
}

function fieldOf(path: string, line: unknown): unknown {
  let value = line;
  for (const name of path.slice(2).split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}
