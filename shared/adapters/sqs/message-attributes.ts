/** Message attribute that keeps when the application enqueued a message, epoch ms, while it travels between queues. */
export const enqueuedAtAttribute = "enqueuedAtMs";

/** A text attribute as SQS carries it. */
export function textAttribute(value: string): { DataType: "String"; StringValue: string } {
  return { DataType: "String", StringValue: value };
}
