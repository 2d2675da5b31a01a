import type { VirtualClock } from "../virtual-clock.ts";

/** Time a receive takes, ms. */
const receiveMs = 10;

/** One delivery of a message; messages are numbers from 0. */
export interface Delivery {
  readonly message: number;
  /** How often its queue has delivered it, this time included. */
  readonly receives: number;
  readonly atMs: number;
}

/** A queue that never runs empty: deliveries end by a delete, or the message comes back when its time is over. */
export class Backlog {
  readonly #clock: VirtualClock;
  readonly #back: { readonly message: number; readonly receives: number }[] = [];
  #next = 0;
  /** Deliveries that ended with a delete, and those that ended with the message back on the queue. */
  #deleted = 0;
  #returned = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Deliveries that have ended, for each message that is done. */
  get receivesPerMessage(): number {
    return (this.#deleted + this.#returned) / this.#deleted;
  }

  async receive(most: number): Promise<Delivery[]> {
    await this.#clock.wait(receiveMs);
    const atMs = this.#clock.nowMs();
    return Array.from({ length: most }, () => {
      const { message, receives } = this.#back.shift() ?? { message: this.#new(), receives: 0 };
      return { message, receives: receives + 1, atMs };
    });
  }

  deleted(): void {
    this.#deleted += 1;
  }

  /** The message can be received again after a while. @param receives - that count from then on */
  returned({ message }: Delivery, afterMs: number, receives: number): void {
    this.#returned += 1;
    void this.#clock.wait(afterMs).then(() => this.#back.push({ message, receives }));
  }

  #new(): number {
    this.#next += 1;
    return this.#next;
  }
}
