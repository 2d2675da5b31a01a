import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import { heldByDue } from "../../contracts/tables.ts";
import type { HeldMail, HeldMessage } from "../../ports/held-mail.ts";
import { splitText } from "../split-text.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { heldOf, tableKeys } from "./table-keys.ts";

/** An item may have 400 KB: a body above this is kept in parts of its own, in bytes of UTF-8. */
const maxPartBytes = 350_000;

const lastAfter = "~"; // sorts after every character of a provider's name

/** Held mail in its own table: a pool's partition, sorted by provider and then best first. */
export class DynamoHeldMail implements HeldMail {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async hold(message: HeldMessage): Promise<void> {
    const parts = partsOf(message.body);
    // Parts first: what can be found in a pool's partition is complete.
    for (const [index, part] of parts.entries()) {
      const item = { ...tableKeys.heldPart(message, index), body: { S: part } };
      await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item }));
    }
    const item = itemOf(message, parts.length);
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item }));
  }

  async due(pool: string, nowMs: number, limit: number): Promise<readonly HeldMessage[]> {
    return this.#query({
      IndexName: heldByDue.name,
      KeyConditionExpression: "pk = :pk AND untilMs <= :now",
      ExpressionAttributeValues: { ":pk": { S: heldOf(pool) }, ":now": number(nowMs) },
      Limit: limit,
    });
  }

  async waitingProviders(pool: string): Promise<readonly string[]> {
    const providers: string[] = [];
    for (let after = "room#"; ; ) {
      const [first] = await this.#items({
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :after AND :end",
        ExpressionAttributeValues: { ":pk": { S: heldOf(pool) }, ":after": { S: after }, ":end": { S: "room#~" } },
        Limit: 1,
      });
      if (first === undefined) return providers;
      const provider = readText(first, "provider");
      providers.push(provider);
      after = `room#${provider}#${lastAfter}`;
    }
  }

  async waiting(pool: string, provider: string, limit: number): Promise<readonly HeldMessage[]> {
    return this.#query({
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :provider)",
      ExpressionAttributeValues: { ":pk": { S: heldOf(pool) }, ":provider": { S: `room#${provider}#` } },
      Limit: limit,
    });
  }

  async remove(message: HeldMessage): Promise<void> {
    await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: tableKeys.held(message) }));
    for (const index of partsOf(message.body).keys()) {
      const key = tableKeys.heldPart(message, index);
      await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: key }));
    }
  }

  async count(pool: string): Promise<number> {
    let count = 0;
    let start: Item | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": { S: heldOf(pool) } },
          Select: "COUNT",
          ExclusiveStartKey: start,
        }),
      );
      count += page.Count ?? 0;
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return count;
  }

  async #query(query: Omit<QueryCommandInput, "TableName">): Promise<HeldMessage[]> {
    const items = await this.#items(query);
    return Promise.all(items.map((item) => this.#messageOf(item)));
  }

  async #items(query: Omit<QueryCommandInput, "TableName">): Promise<Item[]> {
    const { Items: items = [] } = await this.#client.send(new QueryCommand({ TableName: this.#table, ...query }));
    return items;
  }

  async #messageOf(item: Item): Promise<HeldMessage> {
    const message = messageOf(item);
    const parts: string[] = [];
    for (let index = 0; index < readNumber(item, "parts"); index += 1) {
      const key = tableKeys.heldPart(message, index);
      const { Item: part } = await this.#client.send(
        new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true }),
      );
      parts.push(part === undefined ? "" : readText(part, "body"));
    }
    return parts.length === 0 ? message : { ...message, body: parts.join("") };
  }
}

/** The parts a body is kept in; none when it fits beside the other attributes. */
function partsOf(body: string): string[] {
  const parts = splitText(body, maxPartBytes);
  return parts.length === 1 ? [] : parts;
}

function itemOf(message: HeldMessage, parts: number): Item {
  return {
    ...tableKeys.held(message),
    id: { S: message.id },
    pool: { S: message.pool },
    provider: { S: message.provider },
    because: { S: message.because },
    enqueuedAtMs: number(message.enqueuedAtMs),
    notBeforeMs: number(message.notBeforeMs),
    untilMs: number(message.untilMs),
    priority: number(message.priority),
    parts: number(parts),
    body: { S: parts === 0 ? message.body : "" },
  };
}

function messageOf(item: Item): HeldMessage {
  return {
    id: readText(item, "id"),
    body: readText(item, "body"),
    pool: readText(item, "pool"),
    provider: readText(item, "provider"),
    because: readText(item, "because") === "send-after" ? "send-after" : "no-room",
    enqueuedAtMs: readNumber(item, "enqueuedAtMs"),
    notBeforeMs: readNumber(item, "notBeforeMs"),
    untilMs: readNumber(item, "untilMs"),
    priority: readNumber(item, "priority"),
  };
}
