import type { VirtualClock } from "../virtual-clock.ts";

/** Messages offered a second. */
const offeredPerSecond = 5_000;

/** Environments that take batches. */
export const workers = 50;

/** What SES takes for one call, ms. */
const sendMs = 50;

const batchSize = 10;

/** A queue that fills by the clock, and the workers that empty it. Messages are numbers from 0. */
export class Load {
  readonly clock: VirtualClock;
  readonly #messages: number;
  readonly #startMs: number;
  readonly #back: number[] = [];
  #next = 0;
  /** When each message was sent, ms since the start. */
  readonly sentAtMs = new Map<number, number>();
  /** Sent more than once. */
  repeats = 0;

  constructor(clock: VirtualClock, messages: number) {
    this.clock = clock;
    this.#messages = messages;
    this.#startMs = clock.nowMs();
  }

  /** How long messages are offered, ms. */
  get lastsMs(): number {
    return (this.#messages / offeredPerSecond) * 1000;
  }

  /** Takes batches until no more are offered. */
  async work(dispatch: (batch: readonly number[]) => Promise<void>): Promise<void> {
    while (this.#passedMs < this.lastsMs) {
      const batch = this.#take();
      if (batch.length === 0) await this.clock.wait(1);
      else await dispatch(batch);
    }
  }

  giveBack(message: number): void {
    this.#back.push(message);
  }

  async send(message: number): Promise<void> {
    await this.clock.wait(sendMs);
    if (this.sentAtMs.has(message)) this.repeats += 1;
    this.sentAtMs.set(message, this.#passedMs);
  }

  /** Messages sent a second, from the first second to three quarters of the time: there is room until then. */
  get sentPerSecond(): number {
    const [fromMs, toMs] = [1_000, this.lastsMs * 0.75];
    const sent = [...this.sentAtMs.values()].filter((atMs) => atMs >= fromMs && atMs < toMs).length;
    return (sent * 1000) / (toMs - fromMs);
  }

  get #passedMs(): number {
    return this.clock.nowMs() - this.#startMs;
  }

  #take(): number[] {
    const offered = Math.min(this.#messages, Math.floor((this.#passedMs * offeredPerSecond) / 1000));
    const batch = this.#back.splice(0, batchSize);
    while (batch.length < batchSize && this.#next < offered) {
      batch.push(this.#next);
      this.#next += 1;
    }
    return batch;
  }
}
