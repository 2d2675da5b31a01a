import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { type Circuit, type CircuitReason, scopeOfText, scopeText } from "../../domain/sending/circuit.ts";
import type { Circuits, SesRecord } from "../../ports/circuits.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { queryItems } from "./query-items.ts";
import { rateOf } from "./send-rates.ts";
import { circuitsKey, sendRateSort, tableKeys } from "./table-keys.ts";

/** Circuits in the state table, one item for each scope. */
export class DynamoCircuits implements Circuits {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(): Promise<SesRecord> {
    const items = await queryItems(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: circuitsKey } },
    });
    const rate = items.find(isRate);
    return {
      circuits: items.filter((item) => !isRate(item)).map(circuitOf),
      rate: rate === undefined ? undefined : rateOf(rate),
    };
  }

  async open({ scope, reason, untilMs }: Circuit): Promise<boolean> {
    try {
      await this.#client.send(
        // An update, not a put: the dispatcher's role may put nothing into this table.
        new UpdateItemCommand({
          TableName: this.#table,
          Key: tableKeys.circuit(scopeText(scope)),
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

function isRate(item: Item): boolean {
  return readText(item, "sk") === sendRateSort;
}

function circuitOf(item: Item): Circuit {
  return {
    scope: scopeOfText(readText(item, "sk")),
    reason: reasonOf(readText(item, "because")),
    untilMs: readNumber(item, "untilMs"),
  };
}

/** A reason that a later version wrote stops mail all the same. */
function reasonOf(text: string): CircuitReason {
  return text === "ses-quota" || text === "ses-paused" || text === "ses-silent" ? text : "ses-misconfigured";
}
