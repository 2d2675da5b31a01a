/** Something that happens at a moment of simulated time. */
export interface Due {
  readonly atMs: number;
  /** Keeps what falls on the same millisecond in the order in which it was planned. */
  readonly order: number;
  run: (() => void) | undefined;
}

/**
 * Simulated time. It owns every promise of the simulated clients: one thing happens at a time, and whatever it resolves
 * runs to its next wait before the next thing happens. So a seed has one history.
 */
export class Scheduler {
  nowMs: number;
  /** Things that happened. */
  happened = 0;
  readonly #heap: Due[] = [];
  #planned = 0;

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  /** Plans `run`. The past counts as now. */
  at(atMs: number, run: () => void): Due {
    this.#planned += 1;
    const due: Due = { atMs: Math.max(atMs, this.nowMs), order: this.#planned, run };
    this.#heap.push(due);
    this.#rise(this.#heap.length - 1);
    return due;
  }

  after(waitMs: number, run: () => void): Due {
    return this.at(this.nowMs + waitMs, run);
  }

  cancel(due: Due): void {
    due.run = undefined;
  }

  /** Lets time pass up to a moment, or until nothing is planned any more. It then is that moment. */
  runUntil(endMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const step = (): void => {
        const due = this.#next(endMs);
        if (due === undefined) {
          this.nowMs = Math.max(this.nowMs, endMs);
          resolve();
          return;
        }
        this.nowMs = due.atMs;
        this.happened += 1;
        try {
          due.run?.();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        // A tick comes only after all microtasks: whatever the step resolved has then run to its next wait.
        queueMicrotask(later);
      };
      const later = (): void => process.nextTick(step);
      later();
    });
  }

  #next(endMs: number): Due | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.atMs > endMs) return undefined;
      const last = this.#heap.pop();
      if (this.#heap.length > 0 && last !== undefined) {
        this.#heap[0] = last;
        this.#sink();
      }
      if (first.run !== undefined) return first;
    }
  }

  #rise(from: number): void {
    const heap = this.#heap;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(heap[index] as Due, heap[parent] as Due)) return;
      swap(heap, index, parent);
      index = parent;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const child = right < heap.length && isBefore(heap[right] as Due, heap[left] as Due) ? right : left;
      if (!isBefore(heap[child] as Due, heap[index] as Due)) return;
      swap(heap, index, child);
      index = child;
    }
  }
}

function isBefore(one: Due, other: Due): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

function swap(heap: Due[], one: number, other: number): void {
  const kept = heap[one] as Due;
  heap[one] = heap[other] as Due;
  heap[other] = kept;
}
