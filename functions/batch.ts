import type { SQSBatchResponse, SQSRecord } from "aws-lambda";

/** Answer of an SQS handler: exactly these records go back to their queue, all others are done. */
export function batchResponse(recordIds: readonly string[]): SQSBatchResponse {
  return { batchItemFailures: recordIds.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** True when the record came from the queue of this URL; the last part of both ARN and URL is the queue's name. */
export function isFrom(queueUrl: string, { eventSourceARN }: SQSRecord): boolean {
  return queueUrl.split("/").at(-1) === eventSourceARN.split(":").at(-1);
}
