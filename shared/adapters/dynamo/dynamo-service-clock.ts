import { type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { ServiceClock } from "../../ports/service-clock.ts";
import { nothing } from "./table-keys.ts";

const DatedAnswer = z.object({ headers: z.object({ date: z.string() }) });

/** DynamoDB's time, by the header `Date` of its answer to a query that finds nothing. */
export class DynamoServiceClock implements ServiceClock {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  /** @param table - one with a sort key */
  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async nowMs(): Promise<number> {
    const question = new QueryCommand({
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: nothing } },
    });
    let answer: unknown;
    question.middlewareStack.add(
      (next) => async (request) => {
        const result = await next(request);
        answer = result.response;
        return result;
      },
      { step: "deserialize", name: "noteAnswer" },
    );
    await this.#client.send(question);
    const atMs = Date.parse(DatedAnswer.parse(answer).headers.date);
    if (Number.isNaN(atMs)) throw new TypeError("the service's answer has a date that is none");
    return atMs;
  }
}
