import { durationWords } from "../../domain/duration-words.ts";
import { WarmUpError } from "../../domain/errors.ts";
import { utcTime } from "../../domain/utc-day.ts";

/** A clock that differs from the service's own: whatever it dates would stand in another day. Nothing was changed. */
export class WrongClockError extends WarmUpError {
  override readonly name = "WrongClockError";
  readonly retryable = false;

  constructor(ownMs: number, serviceMs: number) {
    const differs = `${durationWords(Math.abs(ownMs - serviceMs))} ${ownMs > serviceMs ? "ahead of" : "behind"}`;
    super(
      `this clock is ${differs} AWS's: it says ${utcTime(ownMs)}, AWS says ${utcTime(serviceMs)}. Nothing was changed: set it right and repeat`,
    );
  }
}
