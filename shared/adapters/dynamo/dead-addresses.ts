import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import { dayMs } from "../../domain/utc-day.ts";
import type { DeadAddresses } from "../../ports/dead-addresses.ts";
import type { Wait } from "../../ports/wait.ts";
import { fingerprint } from "../fingerprint.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { chunks, untilDone } from "./batch-calls.ts";
import { tableKeys } from "./table-keys.ts";

/** How long an address counts as dead, ms: by then its mailbox or its domain may be somebody's again. */
const deadLifeMs = 180 * dayMs;

/** Most items of one BatchWriteItem call. */
const writeSize = 25;

/** Most keys of one BatchGetItem call. */
const readSize = 100;

/** Dead addresses in the ledger table. No address is kept, only a hash of it: the table cannot be read as a list. */
export class DynamoDeadAddresses implements DeadAddresses {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  readonly #wait: Wait;

  constructor(client: DynamoDBClient, table: string, wait: Wait) {
    this.#client = client;
    this.#table = table;
    this.#wait = wait;
  }

  async add(addresses: readonly string[], nowMs: number): Promise<void> {
    const expiresAt = number(Math.ceil((nowMs + deadLifeMs) / 1000));
    const put = ({ key }: Asked): WriteRequest => ({ PutRequest: { Item: { ...key, expiresAt } } });
    const puts = [...byKey(addresses).values()].map(put);
    for (const chunk of chunks(puts, writeSize)) {
      await untilDone(this.#wait, chunk, async (open) => {
        const request = { [this.#table]: open };
        const answer = await this.#client.send(new BatchWriteItemCommand({ RequestItems: request }));
        return answer.UnprocessedItems?.[this.#table] ?? [];
      });
    }
  }

  async among(addresses: readonly string[], nowMs: number): Promise<ReadonlySet<string>> {
    const asked = byKey(addresses);
    const keys = [...asked.values()].map(({ key }) => key);
    const pages = await Promise.all(chunks(keys, readSize).map((chunk) => this.#read(chunk)));
    const dead = pages.flat().filter((item) => readNumber(item, "expiresAt") >= Math.floor(nowMs / 1000));
    return new Set(dead.flatMap((item) => asked.get(readText(item, "pk"))?.written ?? []));
  }

  /** Eventually consistent: an address that was added a moment ago may be missed, and SES has its own list. */
  async #read(keys: readonly Item[]): Promise<Item[]> {
    const items: Item[] = [];
    await untilDone(this.#wait, keys, async (open) => {
      const page = await this.#client.send(
        new BatchGetItemCommand({ RequestItems: { [this.#table]: { Keys: open } } }),
      );
      items.push(...(page.Responses?.[this.#table] ?? []));
      return page.UnprocessedKeys?.[this.#table]?.Keys ?? [];
    });
    return items;
  }
}

interface Asked {
  readonly key: Item;
  /** The address in every casing in which it was given. */
  readonly written: string[];
}

/** Each address once, by its partition key: DynamoDB refuses a batch that names an item twice. */
function byKey(addresses: readonly string[]): Map<string, Asked> {
  const asked = new Map<string, Asked>();
  for (const address of addresses) {
    const key = tableKeys.deadAddress(fingerprint(address.toLowerCase()));
    const pk = readText(key, "pk");
    asked.set(pk, { key, written: [...(asked.get(pk)?.written ?? []), address] });
  }
  return asked;
}
