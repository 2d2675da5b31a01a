import type { HeldMessage, HeldPage } from "../../ports/held-mail.ts";
import type { ReleaseLimits } from "./release-run.ts";

type Read = (from: string | undefined) => Promise<HeldPage>;

/**
 * One list of held mail on one run's way through it: its head, and then on from where the run before left off, so that mail
 * which cannot leave keeps nobody behind it from being looked at.
 */
export class HeldList {
  readonly #read: Read;
  readonly #limits: Pick<ReleaseLimits, "lookedAt" | "head">;
  #place: string | undefined;
  #page: HeldPage | undefined;
  #at = 0;
  #lookedAt = 0;
  #isBehindHead = false;
  #isOver = false;

  /** @param leftOff - the place at which the run before left off; undefined when it came to the end */
  constructor(read: Read, limits: Pick<ReleaseLimits, "lookedAt" | "head">, leftOff: string | undefined) {
    this.#read = read;
    this.#limits = limits;
    this.#place = leftOff;
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

  /** The place at which the next run should go on behind the head; undefined when this one came to the list's end. */
  get place(): string | undefined {
    return this.#place;
  }

  async #turn(): Promise<void> {
    const from = this.#page === undefined ? undefined : this.#behind(this.#page);
    if (this.#isOver) return;
    this.#page = await this.#read(from);
    this.#at = 0;
  }

  /** Where the list is read on behind a page: from the head this leads to the place that was kept. */
  #behind({ next }: HeldPage): string | undefined {
    const leavesHead = !this.#isBehindHead && this.#lookedAt >= this.#limits.head;
    this.#isBehindHead ||= leavesHead;
    this.#isOver = next === undefined || this.#lookedAt >= this.#limits.lookedAt;
    const from = leavesHead && next !== undefined ? (this.#place ?? next) : next;
    if (this.#isBehindHead || next === undefined) this.#place = from;
    return from;
  }
}
