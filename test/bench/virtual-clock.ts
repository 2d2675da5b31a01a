import type { Clock } from "../../shared/ports/clock.ts";

/** Time that passes as soon as nobody has anything left to do at the present moment. Whole milliseconds. */
export class VirtualClock implements Clock {
  #nowMs: number;
  readonly #sleepers = new Map<number, (() => void)[]>();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** At least 1 ms passes. */
  readonly wait = (ms: number): Promise<void> => {
    const atMs = this.#nowMs + Math.max(1, Math.ceil(ms));
    return new Promise((resolve) => {
      this.#sleepers.set(atMs, [...(this.#sleepers.get(atMs) ?? []), resolve]);
    });
  };

  /** Lets time pass until the work is done. @throws what the work throws */
  async run(work: Promise<unknown>): Promise<void> {
    let isDone = false;
    const ending = work.finally(() => {
      isDone = true;
    });
    // What was woken has done all it can once the promises are drained, which they are before the next immediate.
    await new Promise(setImmediate);
    while (!isDone) {
      this.#nowMs += 1;
      const woken = this.#sleepers.get(this.#nowMs);
      if (woken === undefined) continue;
      this.#sleepers.delete(this.#nowMs);
      for (const wake of woken) wake();
      await new Promise(setImmediate);
    }
    await ending;
  }
}
