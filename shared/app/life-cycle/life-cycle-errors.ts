import { WarmUpError } from "../../domain/errors.ts";

/** A pool, provider or IP that this deployment does not have. The message says which there are. */
export class UnknownTargetError extends WarmUpError {
  override readonly name = "UnknownTargetError";
  readonly retryable = false;

  constructor(given: string, what: string, known: readonly string[]) {
    super(`${given} is not ${what}: expected one of ${known.join(", ") || "(there is none)"}`);
  }
}

/** Others changed a pool's life cycle under every try; nothing was changed there. */
export class LifeCycleBusyError extends WarmUpError {
  override readonly name = "LifeCycleBusyError";
  readonly retryable = true;

  constructor(pool: string) {
    super(`the life cycle of pool ${pool} was changed by others meanwhile: repeat the command`);
  }
}

/** The change is kept, and today's allowances or IPs did not follow yet. */
export class NotInLineError extends WarmUpError {
  override readonly name = "NotInLineError";
  readonly retryable = true;

  constructor(cause: unknown) {
    const reasons = cause instanceof AggregateError ? cause.errors : [cause];
    super(
      `the change is kept, but today's allowances did not follow yet (${reasons.map(String).join("; ")}): repeat the command, or the ramp does it within the hour`,
      { cause },
    );
  }
}
