import { type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { countSigns, type OutcomeReading } from "../../domain/feedback/outcome-counts.ts";
import type { SignSlot } from "../../domain/feedback/sign.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { OutcomeStore, SlotKey } from "../../ports/outcome-store.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { queryItems } from "./query-items.ts";
import { outcomesOf, slotsFrom, tableKeys } from "./table-keys.ts";

/** Signs are kept in an attribute of their stream's name with this before it. */
const streamMark = "signs-";

/** Items of one slot: DynamoDB ends an item at 400 KB, some 35,000 signs; what does not fit goes to the next. */
const mostPages = 100;

/**
 * Signs in the state table, one item for each (pool, send day, provider, slot). An item is a set of signs for each
 * stream: adding to a set is the same however often, and in whatever order, it is done.
 */
export class DynamoOutcomeStore implements OutcomeStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async keep(key: SlotKey, byStream: SignSlot["byStream"]): Promise<void> {
    const sets = [...byStream].filter(([, signs]) => signs.size > 0);
    if (sets.length === 0) return;
    for (let page = 0; page < mostPages; page += 1) {
      if (await this.#add(key, page, sets)) return;
    }
    throw new Error(`the slot holds ${mostPages} full items`);
  }

  async read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]> {
    const items = await this.#query("pk = :pk", { ":pk": { S: outcomesOf(pool, day) } });
    return countSigns(pool, day, items.map(slotOf));
  }

  async slots(pool: string, day: UtcDay, provider: string, fromMs: number): Promise<readonly SignSlot[]> {
    const { from, to } = slotsFrom(provider, fromMs);
    const items = await this.#query("pk = :pk AND sk BETWEEN :from AND :to", {
      ":pk": { S: outcomesOf(pool, day) },
      ":from": { S: from },
      ":to": { S: to },
    });
    return items.map(slotOf);
  }

  /** @returns false when the item is full */
  async #add(key: SlotKey, page: number, sets: readonly [string, ReadonlySet<string>][]): Promise<boolean> {
    const adds = sets.map((_, index) => `#s${index} :s${index}`);
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: tableKeys.outcomes(key, page),
          UpdateExpression: `ADD ${adds.join(", ")} SET provider = :provider, slotMs = :slotMs`,
          ExpressionAttributeNames: Object.fromEntries(
            sets.map(([stream], index) => [`#s${index}`, `${streamMark}${stream}`]),
          ),
          ExpressionAttributeValues: {
            ":provider": { S: key.provider },
            ":slotMs": number(key.slotMs),
            ...Object.fromEntries(sets.map(([, signs], index) => [`:s${index}`, { SS: [...signs] }])),
          },
        }),
      );
      return true;
    } catch (error) {
      if (isFull(error)) return false;
      throw error;
    }
  }

  #query(condition: string, values: Item): Promise<Item[]> {
    return queryItems(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: condition,
      ExpressionAttributeValues: values,
      ConsistentRead: true,
    });
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === "ValidationException" && /item size/i.test(error.message);
}

function slotOf(item: Item): SignSlot {
  const streams = Object.entries(item).filter(([name]) => name.startsWith(streamMark));
  return {
    provider: readText(item, "provider"),
    slotMs: readNumber(item, "slotMs"),
    byStream: new Map(streams.map(([name, { SS: signs }]) => [name.slice(streamMark.length), new Set(signs)])),
  };
}
