import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { type OriginQueue, originQueues, type SetAside, type SetAsidePlace } from "../../domain/set-aside/set-aside.ts";
import type { SetAsideStore } from "../../ports/set-aside-store.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { HeldBodies } from "./held-bodies.ts";
import { queryPages } from "./query-items.ts";
import { setAsideOf, tableKeys } from "./table-keys.ts";

/** What was set aside, in the held table: a partition for each place in order of time, bodies where held bodies lie. */
export class DynamoSetAsideStore implements SetAsideStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #bodies: HeldBodies;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
    this.#bodies = new HeldBodies(client, table);
  }

  async add(entry: SetAside, body: string | undefined): Promise<void> {
    // The body first: what can be found in a place's partition is complete.
    if (entry.body !== undefined) await this.#bodies.keep(entry.body.name, body ?? "", entry.keptUntilMs);
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: itemOf(entry),
          ConditionExpression: "attribute_not_exists(pk)",
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  addPiece(bodyName: string, piece: number, body: string, keptUntilMs: number): Promise<void> {
    return this.#bodies.keep(pieceName(bodyName, piece), body, keptUntilMs);
  }

  async *list(place: SetAsidePlace, nowMs: number): AsyncGenerator<readonly SetAside[]> {
    const query = { ...this.#keptIn(place, nowMs), ScanIndexForward: false };
    for await (const page of queryPages(this.#client, query)) yield page.map((item) => entryOf(place, item));
  }

  async count(place: SetAsidePlace, nowMs: number): Promise<number> {
    let count = 0;
    let start: Item | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({ ...this.#keptIn(place, nowMs), Select: "COUNT", ExclusiveStartKey: start }),
      );
      count += page.Count ?? 0;
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return count;
  }

  async body({ body }: SetAside): Promise<string | undefined> {
    if (body === undefined) return undefined;
    const pieces = await Promise.all(pieceNames(body).map((name) => this.#bodies.read(name)));
    return pieces.includes(undefined) ? undefined : pieces.join("");
  }

  async remove({ place, name, body }: SetAside): Promise<void> {
    await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: tableKeys.setAside(place, name) }));
    if (body !== undefined) await Promise.all(pieceNames(body).map((each) => this.#bodies.remove(each)));
  }

  #keptIn(place: SetAsidePlace, nowMs: number) {
    return {
      TableName: this.#table,
      KeyConditionExpression: "pk = :pk",
      FilterExpression: "expiresAt > :now",
      ExpressionAttributeValues: { ":pk": { S: setAsideOf(place) }, ":now": number(Math.floor(nowMs / 1000)) },
    };
  }
}

function pieceNames({ name, pieces }: NonNullable<SetAside["body"]>): string[] {
  return Array.from({ length: pieces }, (_, index) => pieceName(name, index + 1));
}

function pieceName(bodyName: string, piece: number): string {
  return piece === 1 ? bodyName : `${bodyName}/${piece}`;
}

function itemOf(entry: SetAside): Item {
  const { place, name, queue, id, stream, code, sentence, atMs, enqueuedAtMs, claimedAtMs, keptUntilMs, body } = entry;
  return {
    ...tableKeys.setAside(place, name),
    queue: { S: queue },
    code: { S: code },
    sentence: { S: sentence },
    atMs: number(atMs),
    expiresAt: number(Math.ceil(keptUntilMs / 1000)),
    ...(id !== undefined && { id: { S: id } }),
    ...(stream !== undefined && { stream: { S: stream } }),
    ...(enqueuedAtMs !== undefined && { enqueuedAtMs: number(enqueuedAtMs) }),
    ...(claimedAtMs !== undefined && { claimedAtMs: number(claimedAtMs) }),
    ...(body !== undefined && { bodyName: { S: body.name }, pieces: number(body.pieces) }),
  };
}

function entryOf(place: SetAsidePlace, item: Item): SetAside {
  const bodyName = item.bodyName?.S;
  return {
    place,
    name: readText(item, "sk"),
    queue: queueOf(readText(item, "queue")),
    id: item.id?.S,
    stream: item.stream?.S,
    code: readText(item, "code"),
    sentence: readText(item, "sentence"),
    atMs: readNumber(item, "atMs"),
    enqueuedAtMs: item.enqueuedAtMs === undefined ? undefined : readNumber(item, "enqueuedAtMs"),
    ...(item.claimedAtMs !== undefined && { claimedAtMs: readNumber(item, "claimedAtMs") }),
    keptUntilMs: readNumber(item, "expiresAt") * 1000,
    body: bodyName === undefined ? undefined : { name: bodyName, pieces: readNumber(item, "pieces") },
  };
}

function queueOf(text: string): OriginQueue {
  const queue = originQueues.find((each) => each === text);
  if (queue === undefined) throw new TypeError(`item attribute queue: expected one of ${originQueues.join(", ")}`);
  return queue;
}
