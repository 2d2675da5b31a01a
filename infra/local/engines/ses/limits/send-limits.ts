import type { SesEngineOptions } from "../options.ts";
import { ofAccount } from "../refusals.ts";
import { SesError } from "../ses-error.ts";
import type { Messages } from "../state/messages.ts";
import { RollingDay } from "./rolling-day.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What AWS lets the account do: recipients per second and per 24 hours, and control calls per second. */
export class SendLimits {
  readonly #options: SesEngineOptions;
  readonly #rate = new TokenBucket();
  readonly #day = new RollingDay();
  readonly #control = new Map<string, TokenBucket>();

  constructor(options: SesEngineOptions, messages: Messages, nowMs: number) {
    this.#options = options;
    for (const { minute, recipients } of messages.quotaPerMinute(nowMs - 86_400_000))
      this.#day.add(recipients, minute * 60_000);
  }

  /**
   * Takes recipients from the rate and checks that the quota has room.
   * @param counted - those of the recipients that count against the quota
   */
  takeSend(
    recipients: number,
    counted: number,
    account: { maxSendRate: number; max24HourSend: number },
    nowMs: number,
  ): void {
    const { max24HourSend } = account;
    if (max24HourSend >= 0 && counted > 0 && this.#day.total(nowMs) + counted > max24HourSend) {
      throw ofAccount.quotaExceeded(this.#options);
    }
    if (!this.#rate.take(recipients, account.maxSendRate, nowMs)) {
      throw ofAccount.rateExceeded();
    }
  }

  countSent(counted: number, nowMs: number): void {
    if (counted > 0) this.#day.add(counted, nowMs);
  }

  sentLast24Hours(nowMs: number): number {
    return this.#day.total(nowMs);
  }

  takeControlCall(action: string, nowMs: number): void {
    const perSecond = this.#options.controlCallsPerSecond;
    if (perSecond === undefined) return;
    const bucket = this.#control.get(action) ?? new TokenBucket();
    this.#control.set(action, bucket);
    if (!bucket.take(1, perSecond, nowMs)) throw new SesError("TooManyRequestsException", "Rate exceeded");
  }
}
