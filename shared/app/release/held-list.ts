import type { HeldMessage, HeldPage } from "../../ports/held-mail.ts";

const pageSize = 250;

/** Most messages of one list that one run looks at; the next goes on behind them. */
const mostLookedAt = 10_000;

/** The head of a list, which every run looks at first: the best stand there, and what is new among them. */
const head = 2_000;

/**
 * One list of held mail on one run's way through it: its head, and then on from where the run before left off, so that mail
 * which cannot leave keeps nobody behind it from being looked at.
 */
export class HeldList {
  readonly #read: (limit: number, from: string | undefined) => Promise<HeldPage>;
  #leftOff: string | undefined;
  /** Where the page under way begins; undefined for the list's start. */
  #from: string | undefined;
  #page: HeldPage | undefined;
  #at = 0;
  #lookedAt = 0;
  #isOver = false;

  /** @param leftOff - the place at which the run before left off; undefined when it came to the end */
  constructor(read: (limit: number, from: string | undefined) => Promise<HeldPage>, leftOff: string | undefined) {
    this.#read = read;
    this.#leftOff = leftOff;
  }

  /** The message that stands next; undefined when this run looks at no more. */
  async first(): Promise<HeldMessage | undefined> {
    while (!this.#isOver && this.#at === (this.#page?.messages.length ?? 0)) await this.#turn();
    return this.#isOver ? undefined : this.#page?.messages[this.#at];
  }

  /** Goes on behind the message that stands next. */
  pass(): void {
    this.#at += 1;
    this.#lookedAt += 1;
  }

  get lookedAt(): number {
    return this.#lookedAt;
  }

  /** The place at which the next run should go on behind the head; undefined when the head is all there is to look at. */
  get place(): string | undefined {
    return this.#leftOff ?? (this.#lookedAt > head ? this.#from : undefined);
  }

  async #turn(): Promise<void> {
    if (this.#page !== undefined) this.#goBehind(this.#page);
    if (this.#isOver) return;
    this.#page = await this.#read(pageSize, this.#from);
    this.#at = 0;
  }

  #goBehind({ next }: HeldPage): void {
    this.#isOver = next === undefined || this.#lookedAt >= mostLookedAt;
    this.#from = next;
    if (this.#leftOff === undefined || (next !== undefined && this.#lookedAt < head)) return;
    // Behind the head; of a list that ends with it nothing was left off.
    if (next !== undefined) this.#from = this.#leftOff;
    this.#leftOff = undefined;
  }
}
