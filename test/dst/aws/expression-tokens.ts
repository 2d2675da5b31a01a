/** Words, names, paths, values and signs of a DynamoDB expression. */
const token = /\s*(<>|<=|>=|[=<>(),+-]|[#:]?[A-Za-z0-9_]+(?:\.#?[A-Za-z0-9_]+)*)/y;

/** Reads an expression token by token. Anything it does not know is an error: no expression may pass by accident. */
export class Tokens {
  readonly #text: string;
  readonly #found: string[] = [];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    token.lastIndex = 0;
    let at = 0;
    for (let match = token.exec(text); match !== null; match = token.exec(text)) {
      this.#found.push(match[1] ?? "");
      at = token.lastIndex;
    }
    if (text.slice(at).trim() !== "") throw new SyntaxError(`unknown text in expression: ${text}`);
  }

  peek(): string | undefined {
    return this.#found[this.#next];
  }

  take(): string {
    const taken = this.#found[this.#next];
    if (taken === undefined) throw new SyntaxError(`expression ends too early: ${this.#text}`);
    this.#next += 1;
    return taken;
  }

  /** Takes the token if it is this one; words in any case. */
  takeIf(wanted: string): boolean {
    if (this.peek()?.toUpperCase() !== wanted) return false;
    this.#next += 1;
    return true;
  }

  expect(wanted: string): void {
    if (!this.takeIf(wanted)) throw new SyntaxError(`expected ${wanted} in expression: ${this.#text}`);
  }
}
