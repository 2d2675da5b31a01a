import * as z from "zod";

/**
 * What each function reads from its environment, once, at start. The stack must satisfy these types, so a variable left
 * out is a compile error there.
 */
const text = z.string().min(1);
const whole = z.coerce.number().int().positive();

/** `TABLE` names are DynamoDB table names, `URL`s are SQS queue URLs, `_MS` are milliseconds. */
export const DispatcherEnvironment = z.object({
  STATE_TABLE: text,
  LEDGER_TABLE: text,
  HELD_TABLE: text,
  SEND_QUEUE_URL: text,
  PARKED_QUEUE_URL: text,
  QUARANTINE_QUEUE_URL: text,
  /** Longest time one SES call may take. */
  SEND_TIMEOUT_MS: whole,
  /** SES calls one invocation has open at once. */
  SEND_CONCURRENCY: whole,
  /** Invocations the deployment may have at once: the account's sending rate is shared among them. */
  MOST_SENDERS: whole,
});
export type DispatcherEnvironment = z.infer<typeof DispatcherEnvironment>;

export const ReleaseEnvironment = z.object({ STATE_TABLE: text, HELD_TABLE: text, SEND_QUEUE_URL: text });
export type ReleaseEnvironment = z.infer<typeof ReleaseEnvironment>;

export const RampEnvironment = z.object({ STATE_TABLE: text });
export type RampEnvironment = z.infer<typeof RampEnvironment>;

export const GuardEnvironment = z.object({ STATE_TABLE: text });
export type GuardEnvironment = z.infer<typeof GuardEnvironment>;

export const QualityEnvironment = z.object({ STATE_TABLE: text });
export type QualityEnvironment = z.infer<typeof QualityEnvironment>;

export const FeedbackEnvironment = z.object({ STATE_TABLE: text, LEDGER_TABLE: text, QUARANTINE_QUEUE_URL: text });
export type FeedbackEnvironment = z.infer<typeof FeedbackEnvironment>;

/** `SEND_DEAD_LETTERS_URL` is the queue behind the send queue, and so on. */
const setAsideQueues = {
  QUARANTINE_QUEUE_URL: text,
  SEND_DEAD_LETTERS_URL: text,
  PARKED_DEAD_LETTERS_URL: text,
  FEEDBACK_DEAD_LETTERS_URL: text,
  PROOF_DEAD_LETTERS_URL: text,
};

export const SetAsideEnvironment = z.object({ HELD_TABLE: text, ...setAsideQueues });
export type SetAsideEnvironment = z.infer<typeof SetAsideEnvironment>;

export const ConsoleEnvironment = z.object({
  STATE_TABLE: text,
  HELD_TABLE: text,
  SEND_QUEUE_URL: text,
  PARKED_QUEUE_URL: text,
  ...setAsideQueues,
});
export type ConsoleEnvironment = z.infer<typeof ConsoleEnvironment>;

/** All variables of an environment, as CloudFormation wants them. */
export type Variables<Environment> = Record<keyof Environment, string>;
