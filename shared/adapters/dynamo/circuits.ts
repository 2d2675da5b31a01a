import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Circuit, CircuitReason } from "../../domain/sending/circuit.ts";
import type { Circuits } from "../../ports/circuits.ts";
import { number, readNumber, readText } from "./attributes.ts";
import { queryItems } from "./query-items.ts";
import { circuitsKey, tableKeys } from "./table-keys.ts";

/** Circuits in the state table, one item for each scope. */
export class DynamoCircuits implements Circuits {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(): Promise<readonly Circuit[]> {
    const items = await queryItems(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: circuitsKey } },
    });
    return items.map((item) => ({
      scope: readText(item, "sk"),
      reason: reasonOf(readText(item, "because")),
      untilMs: readNumber(item, "untilMs"),
    }));
  }

  async open({ scope, reason, untilMs }: Circuit): Promise<boolean> {
    try {
      await this.#client.send(
        // An update, not a put: the dispatcher's role may put nothing into this table.
        new UpdateItemCommand({
          TableName: this.#table,
          Key: tableKeys.circuit(scope),
          UpdateExpression: "SET because = :because, untilMs = :untilMs",
          ConditionExpression: "attribute_not_exists(pk) OR untilMs < :untilMs",
          ExpressionAttributeValues: { ":because": { S: reason }, ":untilMs": number(untilMs) },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

function reasonOf(text: string): CircuitReason {
  return text === "ses-quota" || text === "ses-paused" ? text : "ses-misconfigured";
}
