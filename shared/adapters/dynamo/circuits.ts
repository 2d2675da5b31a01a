import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Circuit, CircuitReason } from "../../domain/sending/circuit.ts";
import { account, scopeOfText, scopeText } from "../../domain/sending/circuit-scope.ts";
import type { Circuits, SesRecord } from "../../ports/circuits.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { queryItems } from "./query-items.ts";
import { rateOf } from "./send-rates.ts";
import { circuitsKey, sendRateSort, tableKeys } from "./table-keys.ts";

/**
 * Circuits in the state table, one item for each scope; the account's also counts calls without an answer. All writes
 * are updates: the dispatcher's role may put nothing into this table.
 */
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
    const circuits = items.filter((item) => !isRate(item));
    const accounts = circuits.find((item) => readText(item, "sk") === scopeText(account));
    return {
      circuits: circuits.map(circuitOf),
      unanswered: accounts === undefined ? 0 : unansweredOf(accounts),
      rate: rate === undefined ? undefined : rateOf(rate),
    };
  }

  open({ scope, reason, sinceMs, untilMs }: Circuit): Promise<boolean> {
    return this.#update(scopeText(scope), {
      UpdateExpression: "SET because = :because, sinceMs = :sinceMs, untilMs = :untilMs",
      ConditionExpression: "attribute_not_exists(pk) OR untilMs < :untilMs",
      ExpressionAttributeValues: {
        ":because": { S: reason },
        ":sinceMs": number(sinceMs),
        ":untilMs": number(untilMs),
      },
    });
  }

  move(read: Circuit, untilMs: number): Promise<boolean> {
    return this.#update(scopeText(read.scope), {
      UpdateExpression: "SET untilMs = :untilMs",
      ConditionExpression: "untilMs = :read",
      ExpressionAttributeValues: { ":untilMs": number(untilMs), ":read": number(read.untilMs) },
    });
  }

  async countUnanswered(calls: number, goesOn: boolean): Promise<number> {
    const { Attributes: item = {} } = await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: tableKeys.circuit(scopeText(account)),
        // The item may be new: to whoever reads circuits it is one that is over.
        UpdateExpression: `SET unanswered = ${goesOn ? "if_not_exists(unanswered, :none) + :calls" : ":calls"}, because = if_not_exists(because, :because), untilMs = if_not_exists(untilMs, :none)`,
        ExpressionAttributeValues: {
          ":calls": number(calls),
          ":because": { S: "ses-silent" satisfies CircuitReason },
          ":none": number(0),
        },
        ReturnValues: "ALL_NEW",
      }),
    );
    return unansweredOf(item);
  }

  /** @returns false when the condition does not hold */
  async #update(
    scope: string,
    change: Pick<UpdateItemCommand["input"], "UpdateExpression" | "ConditionExpression" | "ExpressionAttributeValues">,
  ): Promise<boolean> {
    try {
      await this.#client.send(
        new UpdateItemCommand({ TableName: this.#table, Key: tableKeys.circuit(scope), ...change }),
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

function unansweredOf(item: Item): number {
  return item.unanswered === undefined ? 0 : readNumber(item, "unanswered");
}

function circuitOf(item: Item): Circuit {
  const untilMs = readNumber(item, "untilMs");
  return {
    scope: scopeOfText(readText(item, "sk")),
    reason: reasonOf(readText(item, "because")),
    // Versions before this one did not keep it.
    sinceMs: item.sinceMs === undefined ? untilMs : readNumber(item, "sinceMs"),
    untilMs,
  };
}

/** A reason that a later version wrote stops mail all the same. */
function reasonOf(text: string): CircuitReason {
  return text === "ses-quota" || text === "ses-paused" || text === "ses-silent" ? text : "ses-misconfigured";
}
