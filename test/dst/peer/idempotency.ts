import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";

/** How long a record lives by default, ms. */
const lifeMs = 3_600_000;

const mayRun = [
  "attribute_not_exists(pk)",
  "expiresAt < :now",
  "(runs = :running AND attribute_exists(runsUntilMs) AND runsUntilMs < :nowMs)",
].join(" OR ");

export interface Clock {
  nowMs(): number;
}

/**
 * Idempotency as the usual library does it: a record before the work, marked done after it, and deleted when the work
 * throws, whatever the reason.
 * @param remainingMs - time the function has left
 * @returns false when the work was done before
 */
export async function once(
  { client, table, clock }: { readonly client: DynamoDBClient; readonly table: string; readonly clock: Clock },
  key: string,
  remainingMs: number,
  work: () => Promise<void>,
): Promise<boolean> {
  const where = { TableName: table, Key: { pk: { S: `once#${key}` } } };
  if (!(await begin({ client, table, clock }, key, remainingMs))) return false;
  try {
    await work();
  } catch (error) {
    await client.send(new DeleteItemCommand(where));
    throw error;
  }
  await client.send(
    new UpdateItemCommand({
      ...where,
      UpdateExpression: "SET runs = :done, expiresAt = :expiresAt",
      ExpressionAttributeValues: {
        ":done": { S: "done" },
        ":expiresAt": { N: String(Math.ceil((clock.nowMs() + lifeMs) / 1000)) },
      },
    }),
  );
  return true;
}

/** @throws while somebody else is at work */
async function begin(
  { client, table, clock }: { readonly client: DynamoDBClient; readonly table: string; readonly clock: Clock },
  key: string,
  remainingMs: number,
): Promise<boolean> {
  const nowMs = clock.nowMs();
  try {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          pk: { S: `once#${key}` },
          runs: { S: "running" },
          runsUntilMs: { N: String(nowMs + remainingMs) },
          expiresAt: { N: String(Math.ceil((nowMs + lifeMs) / 1000)) },
        },
        ConditionExpression: mayRun,
        ExpressionAttributeValues: {
          ":now": { N: String(Math.floor(nowMs / 1000)) },
          ":nowMs": { N: String(nowMs) },
          ":running": { S: "running" },
        },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    if (error.Item?.runs?.S === "done") return false;
    throw new Error("somebody else is at work");
  }
}
