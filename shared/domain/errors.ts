/** Root of the product's own errors. `retryable` says whether the same call may succeed later. */
export abstract class WarmUpError extends Error {
  abstract readonly retryable: boolean;
}

/** An error in words, each cause once where there are several; for who may see what was sent. */
export function errorText(error: unknown): string {
  return [...new Set(causesOf(error).map(String))].join("; ");
}

/**
 * What an error is called, for a log; each name once where there are several. Never its message: a message may repeat
 * what was sent.
 */
export function errorName(error: unknown): string {
  return [...new Set(causesOf(error).map(nameOf))].join(" ");
}

function causesOf(error: unknown): unknown[] {
  return error instanceof AggregateError ? error.errors.flatMap(causesOf) : [error];
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  // Node tells the cause of a broken connection in a code only.
  const isPlain = error.name === "Error" && "code" in error && typeof error.code === "string";
  return isPlain ? String(error.code) : error.name;
}
