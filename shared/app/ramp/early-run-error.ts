import { durationWords } from "../../domain/duration-words.ts";
import { WarmUpError } from "../../domain/errors.ts";
import { utcTime } from "../../domain/utc-day.ts";

/** A run that is meant for a time still to come: it would open days before they begin. Nothing was changed. */
export class EarlyRunError extends WarmUpError {
  override readonly name = "EarlyRunError";
  readonly retryable = false;

  constructor(scheduledAtMs: number, nowMs: number) {
    const ahead = durationWords(scheduledAtMs - nowMs);
    super(`the run is meant for ${utcTime(scheduledAtMs)}, ${ahead} from now: nothing was changed`);
  }
}
