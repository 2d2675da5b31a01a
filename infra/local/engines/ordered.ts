/** What a test ordered an engine to answer, and until when. It ends by itself, and with the process. */
export class Ordered<Answer> {
  #order: { readonly answer: Answer; readonly untilMs: number } | undefined;

  /** @param answer - null ends what was ordered before */
  set(answer: Answer | null, untilMs: number): void {
    this.#order = answer === null ? undefined : { answer, untilMs };
  }

  at(nowMs: number): Answer | undefined {
    return this.#order !== undefined && nowMs < this.#order.untilMs ? this.#order.answer : undefined;
  }
}
