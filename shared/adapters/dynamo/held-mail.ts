import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { heldByDue } from "../../contracts/tables.ts";
import { bodyKeptMs, type HeldMail, type HeldMessage, type HeldPage } from "../../ports/held-mail.ts";
import { number, readText } from "./attributes.ts";
import { HeldBodies } from "./held-bodies.ts";
import { heldItem, heldMessage } from "./held-item.ts";
import { queryFrom, queryItems } from "./query-items.ts";
import { heldOf, tableKeys } from "./table-keys.ts";

const lastAfter = "~"; // sorts after every character of a provider's name

/** Held mail in its own table: a pool's partition holds small items, sorted by provider and then best first. */
export class DynamoHeldMail implements HeldMail {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #bodies: HeldBodies;
  readonly #marked = new Set<string>();

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
    this.#bodies = new HeldBodies(client, table);
  }

  async hold(message: HeldMessage, body: string): Promise<void> {
    await this.#mark(message.pool);
    // The body first: what can be found in a pool's partition is complete.
    await this.#bodies.keep(message.holdId, body, message.untilMs + bodyKeptMs);
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: heldItem(message) }));
  }

  async pools(): Promise<readonly string[]> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: tableKeys.heldPools(), ConsistentRead: true }),
    );
    return item?.pools?.SS ?? [];
  }

  due(pool: string, nowMs: number, limit: number, from?: string): Promise<HeldPage> {
    const query = {
      TableName: this.#table,
      IndexName: heldByDue.name,
      KeyConditionExpression: "pk = :pk AND untilMs <= :now",
      ExpressionAttributeValues: { ":pk": { S: heldOf(pool) }, ":now": number(nowMs) },
    };
    return this.#page(query, limit, from);
  }

  async waitingProviders(pool: string): Promise<readonly string[]> {
    const providers: string[] = [];
    for (let after = "room#"; ; ) {
      const query = {
        TableName: this.#table,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :after AND :end",
        ExpressionAttributeValues: {
          ":pk": { S: heldOf(pool) },
          ":after": { S: after },
          ":end": { S: `room#${lastAfter}` },
        },
      };
      const [first] = await queryItems(this.#client, query, 1);
      if (first === undefined) return providers;
      const provider = readText(first, "provider");
      providers.push(provider);
      after = `room#${provider}#${lastAfter}`;
    }
  }

  waiting(pool: string, provider: string, limit: number, from?: string): Promise<HeldPage> {
    const query = {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :provider)",
      ExpressionAttributeValues: { ":pk": { S: heldOf(pool) }, ":provider": { S: `room#${provider}#` } },
    };
    return this.#page(query, limit, from);
  }

  async places(pool: string): Promise<ReadonlyMap<string, string>> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: tableKeys.heldPlaces(pool), ConsistentRead: true }),
    );
    return new Map(Object.entries(item?.places?.M ?? {}).map(([provider, place]) => [provider, place.S ?? ""]));
  }

  async keepPlaces(pool: string, places: ReadonlyMap<string, string>): Promise<void> {
    const item = {
      ...tableKeys.heldPlaces(pool),
      places: { M: Object.fromEntries([...places].map(([provider, place]) => [provider, { S: place }])) },
    };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item }));
  }

  body(message: HeldMessage): Promise<string | undefined> {
    return this.#bodies.read(message.holdId);
  }

  async remove(message: HeldMessage): Promise<void> {
    await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: tableKeys.held(message) }));
    await this.#bodies.remove(message.holdId);
  }

  async count(pool: string): Promise<number> {
    const query = {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: heldOf(pool) } },
      ProjectionExpression: "pk",
    };
    return (await queryItems(this.#client, query, Number.POSITIVE_INFINITY)).length;
  }

  /** A place is the key that the page before ended with, as text. */
  async #page(query: Parameters<typeof queryFrom>[1], limit: number, from: string | undefined): Promise<HeldPage> {
    const start = from === undefined ? undefined : JSON.parse(from);
    const { items, next } = await queryFrom(this.#client, query, limit, start);
    return { messages: items.map(heldMessage), next: next && JSON.stringify(next) };
  }

  /** Remembers that a pool has held mail, once for each instance: it is released even when the pool is gone. */
  async #mark(pool: string): Promise<void> {
    if (this.#marked.has(pool)) return;
    await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: tableKeys.heldPools(),
        UpdateExpression: "ADD pools :pool",
        ExpressionAttributeValues: { ":pool": { SS: [pool] } },
      }),
    );
    this.#marked.add(pool);
  }
}
