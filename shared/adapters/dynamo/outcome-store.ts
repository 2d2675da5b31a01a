import { type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { countSigns, type OutcomeReading } from "../../domain/feedback/outcome-counts.ts";
import type { SignSlot } from "../../domain/feedback/sign.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { OutcomeStore, SignsByProvider, SlotKey } from "../../ports/outcome-store.ts";
import { type Item, number, readNumber } from "./attributes.ts";
import { queryItems, queryPages } from "./query-items.ts";
import { outcomesOf, slotsFrom, tableKeys } from "./table-keys.ts";

/** Signs are kept in an attribute of this name, with provider and stream behind it. */
const signsMark = "signs";

/** Items of one slot: DynamoDB ends an item at 400 KB, some 35,000 signs; what does not fit goes to the next. */
const mostPages = 100;

/** One attribute: the signs of a stream's mail to a provider. */
interface SignSet {
  readonly attribute: string;
  readonly signs: readonly string[];
}

/**
 * Signs in the state table, one item for each (pool, send day, slot). An item is a set of signs for each provider and
 * stream: adding to a set is the same however often, and in whatever order, it is done.
 */
export class DynamoOutcomeStore implements OutcomeStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async keep(key: SlotKey, signs: SignsByProvider): Promise<void> {
    const sets = setsOf(signs);
    if (sets.length === 0) return;
    for (let page = 0; page < mostPages; page += 1) {
      if (await this.#add(key, page, sets)) return;
    }
    throw new Error(`the slot holds ${mostPages} full items`);
  }

  async read(pool: string, day: UtcDay): Promise<readonly OutcomeReading[]> {
    const query = this.#query("pk = :pk", { ":pk": { S: outcomesOf(pool, day) } });
    return countSigns(pool, day, (await queryItems(this.#client, query)).flatMap(slotsIn));
  }

  async slots(pool: string, day: UtcDay, provider: string, fromMs: number): Promise<readonly SignSlot[]> {
    const query = this.#query("pk = :pk AND sk >= :from", {
      ":pk": { S: outcomesOf(pool, day) },
      ":from": { S: slotsFrom(fromMs) },
    });
    const slots: SignSlot[] = [];
    // Page by page: the other providers' signs of a busy day would fill the memory.
    for await (const items of queryPages(this.#client, query)) {
      slots.push(...items.flatMap(slotsIn).filter((slot) => slot.provider === provider));
    }
    return slots;
  }

  /** @returns false when the item is full */
  async #add(key: SlotKey, page: number, sets: readonly SignSet[]): Promise<boolean> {
    const adds = sets.map((_, index) => `#s${index} :s${index}`);
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: tableKeys.outcomes(key, page),
          UpdateExpression: `ADD ${adds.join(", ")} SET slotMs = :slotMs`,
          ExpressionAttributeNames: Object.fromEntries(sets.map(({ attribute }, index) => [`#s${index}`, attribute])),
          ExpressionAttributeValues: {
            ":slotMs": number(key.slotMs),
            ...Object.fromEntries(sets.map(({ signs }, index) => [`:s${index}`, { SS: [...signs] }])),
          },
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

function setsOf(signs: SignsByProvider): SignSet[] {
  return [...signs].flatMap(([provider, byStream]) =>
    [...byStream].flatMap(([stream, texts]): SignSet[] =>
      texts.size === 0 ? [] : [{ attribute: `${signsMark}#${provider}#${stream}`, signs: [...texts] }],
    ),
  );
}

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === "ValidationException" && /item size/i.test(error.message);
}

/** An item as the slots of each provider in it. */
function slotsIn(item: Item): SignSlot[] {
  const slotMs = readNumber(item, "slotMs");
  const byProvider = new Map<string, Map<string, Set<string>>>();
  for (const [name, { SS: signs }] of Object.entries(item)) {
    const [mark, provider = "", stream = ""] = name.split("#");
    if (mark !== signsMark || signs === undefined) continue;
    const byStream = byProvider.get(provider) ?? new Map<string, Set<string>>();
    byStream.set(stream, new Set(signs));
    byProvider.set(provider, byStream);
  }
  return [...byProvider].map(([provider, byStream]) => ({ provider, slotMs, byStream }));
}
