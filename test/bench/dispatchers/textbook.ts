import { type DynamoDBClient, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { type SESv2Client, SendEmailCommand, type SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";

/** How long an idempotency record is kept, s. */
const keptSeconds = 28 * 86_400;

export interface TextbookOptions {
  readonly tables: DynamoDBClient;
  readonly mail: SESv2Client;
  readonly tableNames: { readonly state: string; readonly ledger: string };
}

interface TextbookMessage {
  readonly id: string;
  readonly stream: string;
  readonly email: SendEmailCommandInput & { readonly Destination: { readonly ToAddresses: string[] } };
}

/**
 * A dispatcher as tutorials build it: for each message an idempotency record, an update of a counter, SendEmail, and the
 * completing update of the record. It does less than ours: no validation, no batch-wide work, and a lost answer of SES
 * is taken for a failure and sent again.
 */
export function textbookDispatcher(options: TextbookOptions): (batch: SQSEvent) => Promise<SQSBatchResponse> {
  return async ({ Records: records }) => {
    const settled = await Promise.allSettled(records.map((record) => sendOnce(options, record)));
    const failed = records.filter((_, index) => settled[index]?.status === "rejected");
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

async function sendOnce({ tables, mail, tableNames: { state, ledger } }: TextbookOptions, { body }: SQSRecord) {
  const message: TextbookMessage = JSON.parse(body);
  const nowSeconds = Math.floor(Date.now() / 1000);
  const key = { pk: { S: `idempotency#${message.id}` } };
  const expiration = { N: String(nowSeconds + keptSeconds) };
  await tables.send(
    new PutItemCommand({
      TableName: ledger,
      Item: { ...key, expiration, status: { S: "INPROGRESS" } },
      ConditionExpression: "attribute_not_exists(pk) OR expiration < :now",
      ExpressionAttributeValues: { ":now": { N: String(nowSeconds) } },
    }),
  );
  const [, domain = ""] = message.email.Destination.ToAddresses[0]?.split("@") ?? [];
  await tables.send(
    new UpdateItemCommand({
      TableName: state,
      Key: { pk: { S: `counter#${message.stream}#${domain}` }, sk: { S: String(Math.floor(nowSeconds / 86_400)) } },
      UpdateExpression: "ADD used :one",
      ExpressionAttributeValues: { ":one": { N: "1" } },
      ReturnValues: "ALL_NEW",
    }),
  );
  const sent = await mail.send(new SendEmailCommand({ ...message.email, ConfigurationSetName: "news-warming" }));
  await tables.send(
    new UpdateItemCommand({
      TableName: ledger,
      Key: key,
      UpdateExpression: "SET #status = :done, messageId = :id, expiration = :expiration",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: {
        ":done": { S: "COMPLETED" },
        ":id": { S: sent.MessageId ?? "" },
        ":expiration": expiration,
      },
    }),
  );
}
