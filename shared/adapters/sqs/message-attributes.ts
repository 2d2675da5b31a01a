import type { KeptTimes } from "../../domain/sending/id-life.ts";

/** Message attribute that keeps when the application enqueued a message, epoch ms, while it travels between queues. */
export const enqueuedAtAttribute = "enqueuedAtMs";

/** On the parked queue: how often a message was parked in a row, this time included, and since when, epoch ms. */
export const parkingsAttribute = "parkings";
export const parkedSinceAttribute = "parkedSinceMs";

/** And when this copy last held the claim of its id, epoch ms. */
export const claimedAtAttribute = "claimedAtMs";

/** A message's times as they travel with it. */
export function timeAttributes({ enqueuedAtMs, claimedAtMs }: KeptTimes): Record<string, TextAttribute> {
  return {
    [enqueuedAtAttribute]: textAttribute(String(enqueuedAtMs)),
    ...(claimedAtMs !== undefined && { [claimedAtAttribute]: textAttribute(String(claimedAtMs)) }),
  };
}

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

interface TextAttribute {
  readonly DataType: "String";
  readonly StringValue: string;
}

/** A text attribute as SQS carries it. */
export function textAttribute(value: string): TextAttribute {
  return { DataType: "String", StringValue: value };
}
