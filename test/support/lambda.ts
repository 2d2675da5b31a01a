import type { Context, SQSEvent, SQSRecord } from "aws-lambda";
import { noonMs } from "./builders.ts";

/** A function's context with 30 s to go. */
export const aContext: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: "function",
  functionVersion: "1",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:function",
  memoryLimitInMB: "512",
  awsRequestId: "request",
  logGroupName: "group",
  logStreamName: "stream",
  getRemainingTimeInMillis: () => 30_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};

interface Delivery {
  readonly queue?: string;
  readonly receives?: number;
  readonly sentMs?: number;
  readonly firstReceivedMs?: number;
  /** Message attribute `enqueuedAtMs`. */
  readonly enqueuedAtMs?: string;
  /** Message attributes of the parked queue. */
  readonly parkings?: string;
  readonly parkedSinceMs?: string;
}

/** A record as Lambda hands it over. */
export function anSqsRecord(
  messageId: string,
  body: string,
  {
    queue = "send",
    receives = 1,
    sentMs = noonMs,
    firstReceivedMs = noonMs,
    enqueuedAtMs,
    parkings,
    parkedSinceMs,
  }: Delivery = {},
): SQSRecord {
  const attributes = Object.entries({ enqueuedAtMs, parkings, parkedSinceMs }).filter(
    ([, value]) => value !== undefined,
  );
  return {
    messageId,
    body,
    receiptHandle: `handle-${messageId}`,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentMs),
      SenderId: "sender",
      ApproximateFirstReceiveTimestamp: String(firstReceivedMs),
    },
    messageAttributes: Object.fromEntries(
      attributes.map(([name, stringValue = ""]) => [name, { stringValue, dataType: "String" as const }]),
    ),
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
    awsRegion: "us-east-1",
  };
}

export function anSqsEvent(...Records: SQSRecord[]): SQSEvent {
  return { Records };
}
