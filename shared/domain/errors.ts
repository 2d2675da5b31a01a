/** Root of the product's own errors. `retryable` says whether the same call may succeed later. */
export abstract class WarmUpError extends Error {
  abstract readonly retryable: boolean;
}
