import { WarmUpError } from "../shared/domain/errors.ts";

/** The command was called in a way it cannot follow. The message says what was expected and what to do. */
export class UsageError extends WarmUpError {
  override readonly name = "UsageError";
  readonly retryable = false;
}
