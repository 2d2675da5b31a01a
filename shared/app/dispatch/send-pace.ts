import { errorName } from "../../domain/errors.ts";
import { type KnownRate, periodAt, shareOf, sharers } from "../../domain/sending/rate-share.ts";
import { afterAnswer, afterThrottle, afterTurn, newTurns, paceAt } from "../../domain/sending/turns.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { SendRates } from "../../ports/send-rates.ts";
import type { Wait } from "../../ports/wait.ts";
import type { RecentCircuits } from "./recent-circuits.ts";

export interface SendPacePorts {
  readonly clock: Clock;
  readonly wait: Wait;
  readonly rates: Pick<SendRates, "count">;
  /** Read now and then anyway: an environment that never has to wait makes no call of its own. */
  readonly circuits: Pick<RecentCircuits, "rate">;
  readonly log: Log;
}

/** Whether SES may be called, or why not. */
export type Turn = "now" | "no-turn" | "out-of-time";

/** Keeps one environment to its share of the account's sending rate. Lives as long as the environment. */
export class SendPace {
  readonly #ports: SendPacePorts;
  readonly #most: number;
  #turns = newTurns;
  /** Turns are given one after the other, so that a pause or another share holds for all that wait. */
  #line: Promise<unknown> = Promise.resolve();
  /** The rate as it was last read with the circuits, and the newer one of reading and counting. */
  #read: KnownRate | undefined;
  #known: KnownRate | undefined;
  /** The last period in which this environment was counted, and among how many it has shared since. */
  #counted: { readonly period: number; readonly among: number };

  /** @param most - environments the deployment may have at once */
  constructor(ports: SendPacePorts, most: number) {
    this.#ports = ports;
    this.#most = most;
    this.#counted = { period: Number.NEGATIVE_INFINITY, among: most };
  }

  /**
   * Waits until a call may begin.
   * @param recipients - of its mail: SES counts those
   * @param untilMs - no call begins after this moment, epoch ms
   */
  turn(recipients: number, untilMs: number): Promise<Turn> {
    const mine = this.#line.then(() => this.#next(recipients, untilMs));
    this.#line = mine;
    return mine;
  }

  /** When a mail would have its turn if so many recipients went before it, epoch ms. */
  turnAfterMs(recipients: number): number {
    const nowMs = this.#ports.clock.nowMs();
    return Math.max(this.#turns.nextAtMs, nowMs) + (recipients * 1000) / this.#perSecond(nowMs);
  }

  /** Tells how SES answered a call that began at a moment, epoch ms. */
  answered(throttled: boolean, beganMs: number): void {
    const nowMs = this.#ports.clock.nowMs();
    this.#turns = throttled ? afterThrottle(this.#turns, { beganMs, nowMs }) : afterAnswer(this.#turns, beganMs);
  }

  async #next(recipients: number, untilMs: number): Promise<Turn> {
    const { clock, wait } = this.#ports;
    for (;;) {
      const nowMs = clock.nowMs();
      const { nextAtMs } = this.#turns;
      if (nowMs > untilMs) return "out-of-time";
      if (nextAtMs <= nowMs) {
        this.#turns = afterTurn(this.#turns, { nowMs, recipients, perSecond: this.#perSecond(nowMs) });
        return "now";
      }
      if (await this.#count(nowMs)) continue;
      if (nextAtMs > untilMs) return "no-turn";
      await wait(Math.ceil(nextAtMs - nowMs));
    }
  }

  /** Recipients a second that this environment may send now. */
  #perSecond(nowMs: number): number {
    const { period, among } = this.#counted;
    // Who has not been at its limit for a while knows nothing of the others.
    const isRecent = period >= periodAt(nowMs) - 1;
    const share = shareOf(this.#latest()?.perSecond, isRecent ? among : this.#most);
    return paceAt(this.#turns, share, nowMs);
  }

  #latest(): KnownRate | undefined {
    const { rate } = this.#ports.circuits;
    if (rate !== this.#read) this.#known = rate;
    this.#read = rate;
    return this.#known;
  }

  /** Counts this environment among those at their limit, once a period. @returns true when it was done now */
  async #count(nowMs: number): Promise<boolean> {
    const period = periodAt(nowMs);
    if (this.#latest()?.perSecond === undefined || period <= this.#counted.period) return false;
    const wasCounted = this.#counted.period === period - 1;
    this.#counted = { period, among: this.#most };
    try {
      this.#known = await this.#ports.rates.count(period);
      this.#counted = { period, among: sharers(this.#known, period, wasCounted, this.#most) };
    } catch (error) {
      this.#ports.log.warn("SENDER_NOT_COUNTED", { error: errorName(error) });
    }
    return true;
  }
}
