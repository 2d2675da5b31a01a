/** Message attribute that keeps when the application enqueued a message, epoch ms, while it travels between queues. */
export const enqueuedAtAttribute = "enqueuedAtMs";

/** On the parked queue: how often a message was parked in a row, this time included, and since when, epoch ms. */
export const parkingsAttribute = "parkings";
export const parkedSinceAttribute = "parkedSinceMs";

/** Attributes of a message on the quarantine queue, beside `enqueuedAtMs`. */
export const quarantineAttributes = {
  /** Why it is there: a code, and a sentence a person can act on. */
  code: "code",
  sentence: "sentence",
  /** Of a body in two messages, which of them this is: "1/2" or "2/2". */
  part: "part",
  /** On the second of them: the SQS message id of the first. */
  of: "of",
  /** "true": the body is a note (JSON of `NotedMessage`), and there is no record. */
  noted: "noted",
} as const;

/** A text attribute as SQS carries it. */
export function textAttribute(value: string): { DataType: "String"; StringValue: string } {
  return { DataType: "String", StringValue: value };
}
