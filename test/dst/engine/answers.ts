import { statusOf } from "../aws/service.ts";

/** Waits before the SDK's next attempt, ms: it doubles, and throttling counts for more. */
const retryBase = { transient: 50, throttled: 1_000 };

/** The service's own error. What is none is a fault of the simulation, and ends the run. */
export function answerOf(error: unknown): Error {
  if (error instanceof Error && statusOf(error) !== undefined) return error;
  throw error;
}

export function brokenConnection(): Error {
  return Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
}

export function timeOut(): Error {
  return Object.assign(new Error("the request timed out"), { name: "TimeoutError" });
}

/** What the SDK waits at first before it tries again; undefined for an error it hands on. */
export function retryBaseOf(error: Error): number | undefined {
  if (/Throttl|Throughput|TooManyRequests/.test(error.name)) return retryBase.throttled;
  const status = statusOf(error);
  return status === undefined || status >= 500 ? retryBase.transient : undefined;
}
