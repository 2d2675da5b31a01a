const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Counts what happened in the last 24 hours, by the minute. */
export class RollingDay {
  readonly #minutes: { minute: number; count: number }[] = [];
  #total = 0;

  /** Adds to the minute of a time; times come in order. */
  add(count: number, atMs: number): void {
    const minute = Math.floor(atMs / minuteMs);
    const last = this.#minutes.at(-1);
    if (last !== undefined && last.minute >= minute) last.count += count;
    else this.#minutes.push({ minute, count });
    this.#total += count;
  }

  total(nowMs: number): number {
    const firstMinute = Math.floor((nowMs - dayMs) / minuteMs);
    for (let first = this.#minutes[0]; first !== undefined && first.minute <= firstMinute; first = this.#minutes[0]) {
      this.#total -= first.count;
      this.#minutes.shift();
    }
    return this.#total;
  }
}
