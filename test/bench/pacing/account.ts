import { TokenBucket } from "../../../infra/local/engines/ses/limits/token-bucket.ts";
import { draw } from "../../../shared/domain/provider-model/draw.ts";
import type { VirtualClock } from "../virtual-clock.ts";

/** The account's sending rate, mails a second: at first, and once half of the mail is sent. */
export const rates = { first: 50, raised: 300 } as const;

/** Time of one call, ms: 40 to 60, as drawn. */
const [shortestMs, longestMs] = [40, 60];

export type CallAnswer = "accepted" | "throttled";

/**
 * SES with a token bucket of one second's worth, as the local engine has it. The rate is raised in the middle of the run.
 */
export class Account {
  readonly #clock: VirtualClock;
  readonly #bucket = new TokenBucket();
  readonly #accepted = new Set<number>();
  readonly #messages: number;
  readonly #startMs: number;
  #raisedAtMs: number | undefined;
  #endMs: number | undefined;
  #calls = 0;
  /** Calls refused for the rate. */
  throttles = 0;
  /** Mails taken twice. */
  repeats = 0;
  /** Mails SES took from another application. */
  othersSent = 0;
  /** Called once when the rate is raised. */
  whenRaised: () => void = () => {};

  /** @param messages - the run ends when so many are sent; there are always more waiting */
  constructor(clock: VirtualClock, messages: number) {
    this.#clock = clock;
    this.#messages = messages;
    this.#startMs = clock.nowMs();
  }

  get perSecond(): number {
    return this.#raisedAtMs === undefined ? rates.first : rates.raised;
  }

  get sent(): number {
    return this.#accepted.size;
  }

  get isOver(): boolean {
    return this.#endMs !== undefined;
  }

  /** Mails that the rate would have allowed until the end. */
  get possible(): number {
    const endMs = this.#endMs ?? this.#clock.nowMs();
    const raisedAtMs = this.#raisedAtMs ?? endMs;
    return ((raisedAtMs - this.#startMs) * rates.first + (endMs - raisedAtMs) * rates.raised) / 1000;
  }

  async send(message: number): Promise<CallAnswer> {
    this.#calls += 1;
    await this.#clock.wait(shortestMs + draw(message, this.#calls, 0) * (longestMs - shortestMs));
    if (!this.#bucket.take(1, this.perSecond, this.#clock.nowMs())) {
      if (!this.isOver) this.throttles += 1;
      return "throttled";
    }
    this.#take(message);
    return "accepted";
  }

  /** Another application that sends half of the rate, evenly, and gives up what is throttled. */
  async sendForAnother(): Promise<void> {
    while (!this.isOver) {
      await this.#clock.wait(2_000 / this.perSecond);
      if (this.#bucket.take(1, this.perSecond, this.#clock.nowMs())) this.othersSent += 1;
    }
  }

  #take(message: number): void {
    if (this.#accepted.has(message)) this.repeats += 1;
    if (this.isOver) return;
    this.#accepted.add(message);
    if (this.sent >= this.#messages / 2 && this.#raisedAtMs === undefined) {
      this.#raisedAtMs = this.#clock.nowMs();
      this.whenRaised();
    }
    if (this.sent >= this.#messages) this.#endMs = this.#clock.nowMs();
  }
}
