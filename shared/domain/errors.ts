/** Root of the product's own errors. `retryable` says whether the same call may succeed later. */
export abstract class WarmUpError extends Error {
  abstract readonly retryable: boolean;
}

/**
 * What an error is called, for a log; each name once where there are several. Never its message: a message may repeat
 * what was sent.
 */
export function errorName(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(errorName))].join(" ");
  if (!(error instanceof Error)) return typeof error;
  // Node tells the cause of a broken connection in a code only.
  const isPlain = error.name === "Error" && "code" in error && typeof error.code === "string";
  return isPlain ? String(error.code) : error.name;
}
