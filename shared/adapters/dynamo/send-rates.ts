import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { type KnownRate, keptPeriods, placeOf } from "../../domain/sending/rate-share.ts";
import type { SendRates } from "../../ports/send-rates.ts";
import { type Item, number, readNumber } from "./attributes.ts";
import { tableKeys } from "./table-keys.ts";

/** The account's rate and three counts, in one item beside the circuits: whoever reads those has it too. */
export class DynamoSendRates implements SendRates {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async tell(perSecond: number): Promise<void> {
    await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: tableKeys.sendRate(),
        UpdateExpression: "SET perSecond = :perSecond",
        ExpressionAttributeValues: { ":perSecond": number(perSecond) },
      }),
    );
  }

  async count(period: number): Promise<KnownRate> {
    // The first of a period opens it; should two try at once, the second counts on.
    for (const step of [countOn, open, countOn]) {
      const item = await this.#update(period, step);
      if (item !== undefined) return rateOf(item);
    }
    throw new Error(`period ${period} could not be counted: its place holds a later one`);
  }

  /** @returns the whole item; undefined when the condition does not hold */
  async #update(period: number, { update, condition }: Step): Promise<Item | undefined> {
    try {
      const { Attributes: item } = await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: tableKeys.sendRate(),
          UpdateExpression: update,
          ConditionExpression: condition,
          ExpressionAttributeNames: namesAt(placeOf(period)),
          ExpressionAttributeValues: { ":period": number(period), ":one": number(1) },
          ReturnValues: "ALL_NEW",
        }),
      );
      return item ?? {};
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }
}

interface Step {
  readonly update: string;
  readonly condition: string;
}

const countOn: Step = { condition: "#period = :period", update: "SET #senders = #senders + :one" };
const open: Step = {
  condition: "attribute_not_exists(#period) OR #period < :period",
  update: "SET #period = :period, #senders = :one",
};

function namesAt(place: number): Record<string, string> {
  return { "#period": `period${place}`, "#senders": `senders${place}` };
}

export function rateOf(item: Item): KnownRate {
  const places = Array.from({ length: keptPeriods }, (_, place) => place);
  const counts = places.filter((place) => item[`period${place}`] !== undefined);
  return {
    perSecond: item.perSecond === undefined ? undefined : readNumber(item, "perSecond"),
    counts: counts.map((place) => ({
      period: readNumber(item, `period${place}`),
      senders: readNumber(item, `senders${place}`),
    })),
  };
}
