import { type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { countSigns, type OutcomeReading } from "../../domain/feedback/outcome-counts.ts";
import type { SignSlot } from "../../domain/feedback/sign.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { OutcomeStore, SignsKey } from "../../ports/outcome-store.ts";
import type { Item } from "./attributes.ts";
import { queryItems, queryPages } from "./query-items.ts";
import { type SignSet, setsOf, slotsIn } from "./sign-sets.ts";
import { keptFrom, outcomesOf, tableKeys } from "./table-keys.ts";

/** What is kept within this time shares an item. A write costs the whole item, so the item must stay small. */
const sharedMs = 10_000;

/** Items of one time: DynamoDB ends an item at 400 KB, some 35,000 signs; what does not fit goes to the next. */
const mostPages = 100;

/** Sets of one write: DynamoDB takes 4 KB of expression. */
const mostSets = 100;

/**
 * Signs in the state table, by the time they were kept: one item for each (pool, send day, ten seconds). An item is a set of
 * signs for each provider, stream and slot: adding to a set is the same however often, and in whatever order, it is done.
 */
export class DynamoOutcomeStore implements OutcomeStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async keep(key: SignsKey, slots: readonly SignSlot[], nowMs: number): Promise<void> {
    const sets = setsOf(slots);
    for (let first = 0; first < sets.length; first += mostSets) {
      await this.#keepSets(key, sets.slice(first, first + mostSets), nowMs);
    }
  }

  async read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]> {
    const query = this.#query("pk = :pk", { ":pk": { S: outcomesOf({ pool, day }) } });
    return countSigns(pool, day, (await queryItems(this.#client, query)).flatMap(slotsIn));
  }

  async *keptSince(key: SignsKey, fromMs: number): AsyncGenerator<SignSlot> {
    const from = keptFrom(startOfShared(fromMs));
    const query = this.#query("pk = :pk AND sk >= :from", { ":pk": { S: outcomesOf(key) }, ":from": { S: from } });
    // Page by page: a busy day would fill the memory.
    for await (const items of queryPages(this.#client, query)) yield* items.flatMap(slotsIn);
  }

  async #keepSets(key: SignsKey, sets: readonly SignSet[], nowMs: number): Promise<void> {
    for (let page = 0; page < mostPages; page += 1) {
      if (await this.#add(tableKeys.outcomes(key, startOfShared(nowMs), page), sets)) return;
    }
    throw new Error(`ten seconds hold ${mostPages} full items`);
  }

  /** @returns false when the item is full */
  async #add(itemKey: Item, sets: readonly SignSet[]): Promise<boolean> {
    const adds = sets.map((_, index) => `#s${index} :s${index}`);
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: itemKey,
          UpdateExpression: `ADD ${adds.join(", ")}`,
          ExpressionAttributeNames: Object.fromEntries(sets.map(({ attribute }, index) => [`#s${index}`, attribute])),
          ExpressionAttributeValues: Object.fromEntries(
            sets.map(({ signs }, index) => [`:s${index}`, { SS: [...signs] }]),
          ),
        }),
      );
      return true;
    } catch (error) {
      if (isFull(error)) return false;
      throw error;
    }
  }

  #query(condition: string, values: Item) {
    return {
      TableName: this.#table,
      KeyConditionExpression: condition,
      ExpressionAttributeValues: values,
      ConsistentRead: true,
    };
  }
}

function startOfShared(atMs: number): number {
  return Math.floor(atMs / sharedMs) * sharedMs;
}

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === "ValidationException" && /item size/i.test(error.message);
}
