import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SQSClient } from "@aws-sdk/client-sqs";
import { FreshHttpHandler } from "./fresh-http-handler.ts";
import { systemClock } from "./system-clock.ts";

/**
 * How long a call on tables and queues may take, ms. `throwOnRequestTimeout`: without it the SDK only warns and waits
 * on, and one silent peer would cost a whole batch its receipt.
 */
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };

/** For writes that may be repeated, and reads: the SDK's own retries. */
export function tableClient(): DynamoDBClient {
  return new DynamoDBClient({ requestHandler });
}

/** For counters: one attempt, because a repeated reservation takes twice. */
export function counterClient(): DynamoDBClient {
  return new DynamoDBClient({ maxAttempts: 1, requestHandler: new FreshHttpHandler(requestHandler, systemClock) });
}

export function queueClient(): SQSClient {
  return new SQSClient({ requestHandler });
}

/** For SendEmail: one attempt, because it has no idempotency token. The caller ends a call by its own signal. */
export function mailClient(): SESv2Client {
  const limits = { connectionTimeout: 1_000 };
  return new SESv2Client({ maxAttempts: 1, requestHandler: new FreshHttpHandler(limits, systemClock) });
}

/** For domain events. */
export function eventClient(): EventBridgeClient {
  return new EventBridgeClient({ requestHandler });
}

/** For SES's control operations. */
export function mailControlClient(): SESv2Client {
  return new SESv2Client({ requestHandler: { ...requestHandler, requestTimeout: 10_000 } });
}
