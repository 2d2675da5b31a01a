import type { Instance, Invocation } from "../engine/instance.ts";

/** Who makes a call; one for all attempts of the call. */
export interface Caller {
  readonly instance: Instance;
  /** The invocation it works on, where there is one. */
  readonly invocation: Invocation | undefined;
  /** Set by a service that wants to know what the caller learns in the end: an answer or an error. */
  learns?: (outcome: object) => void;
}

/** An AWS service as a client sees it. */
export interface Service {
  readonly name: "dynamodb" | "sqs" | "ses" | "events";
  /** A caller is about to make a call. */
  begun?(operation: string, input: object, caller: Caller): void;
  /** What a call does, at the moment it arrives. @throws the service's own errors */
  handle(operation: string, input: object, caller: Caller): object;
  /** An answer that says: not done, come again later. */
  throttling(): Error;
  /** An answer that says nothing about what was done. */
  failure(): Error;
}

/** An error as the SDK makes it of an answer. */
export function serviceError(name: string, status: number, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

/** Status of a service's answer; undefined when no answer arrived. */
export function statusOf(error: object): number | undefined {
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return metadata?.httpStatusCode;
}
