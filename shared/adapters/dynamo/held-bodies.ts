import { DeleteItemCommand, type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { splitText } from "../split-text.ts";
import { number, readNumber, readText } from "./attributes.ts";
import { tableKeys } from "./table-keys.ts";

/** An item may have 400 KB; a body is kept in parts of at most this many bytes of UTF-8. */
const maxPartBytes = 350_000;

/** Bodies of mail that is held or set aside, each body's parts in a partition of their own. */
export class HeldBodies {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** @param keptUntilMs - what nobody removed goes then, epoch ms */
  async keep(name: string, body: string, keptUntilMs: number): Promise<void> {
    const parts = splitText(body, maxPartBytes);
    const shared = { parts: number(parts.length), expiresAt: number(Math.ceil(keptUntilMs / 1000)) };
    for (const [index, part] of parts.entries()) {
      const item = { ...tableKeys.heldBody(name, index), ...shared, body: { S: part } };
      await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item }));
    }
  }

  /** @returns undefined when a part is missing */
  async read(name: string): Promise<string | undefined> {
    let body = "";
    for (let index = 0, parts = 1; index < parts; index += 1) {
      const { Item: item } = await this.#client.send(
        new GetItemCommand({ TableName: this.#table, Key: tableKeys.heldBody(name, index), ConsistentRead: true }),
      );
      if (item === undefined) return undefined;
      parts = readNumber(item, "parts");
      body += readText(item, "body");
    }
    return body;
  }

  async remove(name: string): Promise<void> {
    for (let index = 0, parts = 1; index < parts; index += 1) {
      const { Attributes: removed } = await this.#client.send(
        new DeleteItemCommand({
          TableName: this.#table,
          Key: tableKeys.heldBody(name, index),
          ReturnValues: "ALL_OLD",
        }),
      );
      if (removed !== undefined) parts = readNumber(removed, "parts");
    }
  }
}
