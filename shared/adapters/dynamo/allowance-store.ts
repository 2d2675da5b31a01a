import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { type Allowance, type AllowanceKey, allowanceKeyText, openOf, roomIn } from "../../domain/sending/allowance.ts";
import type { AllowanceStore, Reservation } from "../../ports/allowance-store.ts";
import type { Chance } from "../../ports/chance.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Wait } from "../../ports/wait.ts";
import { allowanceOf } from "./allowance-item.ts";
import { type Item, number } from "./attributes.ts";
import { refusedItem } from "./refused-item.ts";
import { tableKeys } from "./table-keys.ts";

const hasRoom = "used <= :most"; // a condition cannot subtract: :most is the limit less what is asked
const sameEpoch = "epoch = :epoch"; // a brake or a ramp that landed a moment ago refuses the update

/** Refusals in a row after which a reservation gives up for this batch; every refusal means that others took room. */
const maxTries = 12;

/** How long "nothing left" is believed before the item is read again, ms. */
const believeSpentMs = 2_000;
/** How long "no allowance for this day" is: it comes with the ramp, once a day. */
const believeMissingMs = 60_000;

/** Waits before a throttled update is tried again, ms. DynamoDB did not apply it. */
const throttledWaitsMs = [30, 120, 400];

/** Calls with an unknown end that are made again: the guard in the item tells whether the one before was applied. */
const mostRepeats = 3;

/** Attributes of an item that name who reserved last; a reservation uses one of them, by its name. */
const guards = 16;

export interface AllowanceClients {
  /** One attempt a call: a repeated update would take twice. */
  readonly counters: DynamoDBClient;
  readonly reads: DynamoDBClient;
}

export interface AllowanceSurroundings {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly wait: Wait;
}

interface Seen {
  readonly allowance: Allowance | undefined;
  readonly atMs: number;
}

/** One reservation of one caller; its name stands in the item's guard once it is applied. */
interface Asked {
  readonly key: AllowanceKey;
  readonly name: string;
}

type Taken = "taken" | "refused" | "unknown";

/**
 * Allowances in the state table. What an instance last saw of an item only chooses how much to ask for; the condition of
 * the update decides. An update whose answer is lost is made again: its guard refuses it if it was applied.
 */
export class DynamoAllowanceStore implements AllowanceStore {
  readonly #clients: AllowanceClients;
  readonly #table: string;
  readonly #around: AllowanceSurroundings;
  readonly #seen = new Map<string, Seen>();

  constructor(clients: AllowanceClients, table: string, around: AllowanceSurroundings) {
    this.#clients = clients;
    this.#table = table;
    this.#around = around;
  }

  async reserve(key: AllowanceKey, recipients: number): Promise<Reservation> {
    const asked = { key, name: this.#around.chance.id() };
    try {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const allowance = await this.#lastSeen(key);
        if (allowance === undefined) return { kind: "none", because: "no-allowance" };
        const nowMs = this.#around.clock.nowMs();
        const wanted = Math.min(recipients, roomIn(allowance, nowMs));
        if (wanted === 0) return { kind: "none", because: "spent" };
        const taken = await this.#take(asked, wanted, openOf(allowance, nowMs), allowance.epoch);
        if (taken === "taken") return { kind: "granted", recipients: wanted, epoch: allowance.epoch };
        if (taken === "unknown") return this.#unknown(key);
      }
      return { kind: "none", because: "spent" };
    } catch {
      return this.#unknown(key);
    }
  }

  async release(key: AllowanceKey, recipients: number, epoch: number): Promise<void> {
    const item = await this.#giveBack(key, recipients, { condition: sameEpoch, values: { ":epoch": number(epoch) } });
    if (item === "refused") await this.#giveBackUnderBrake(key, recipients);
    else this.#remember(key, item);
  }

  /** The limit or a brake changed in between. What a brake counts from goes down as well: it must open nothing by this. */
  async #giveBackUnderBrake(key: AllowanceKey, recipients: number): Promise<void> {
    const braked = { condition: "brakeFloor >= :n", values: {}, also: ", brakeFloor = brakeFloor - :n" };
    const item = await this.#giveBack(key, recipients, braked);
    const last =
      item === "refused"
        ? await this.#giveBack(key, recipients, { condition: "attribute_not_exists(brakeFloor)", values: {} })
        : item;
    if (last !== "refused") this.#remember(key, last);
  }

  async #giveBack(
    key: AllowanceKey,
    recipients: number,
    { condition, values, also = "" }: { readonly condition: string; readonly values: Item; readonly also?: string },
  ): Promise<Item | undefined | "refused"> {
    try {
      const { Attributes: item } = await this.#clients.counters.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: tableKeys.allowance(key),
          UpdateExpression: `SET used = used - :n${also}`,
          ConditionExpression: `used >= :n AND ${condition}`,
          ExpressionAttributeValues: { ":n": number(recipients), ...values },
          ReturnValues: "ALL_NEW",
        }),
      );
      return item;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return "refused";
      throw error;
    }
  }

  /** No answer, or one that leaves open whether the update was applied: it counts as used. */
  #unknown(key: AllowanceKey): Reservation {
    this.#seen.delete(allowanceKeyText(key));
    return { kind: "unknown" };
  }

  /** One conditional update; made again while its end is unknown. A refusal leaves what the item holds remembered. */
  async #take({ key, name }: Asked, recipients: number, most: number, epoch: number): Promise<Taken> {
    const where = { TableName: this.#table, Key: tableKeys.allowance(key) };
    const guard = guardOf(name);
    const update = new UpdateItemCommand({
      ...where,
      UpdateExpression: `SET used = used + :n, ${guard} = :name`,
      ConditionExpression: `${hasRoom} AND ${sameEpoch} AND (attribute_not_exists(${guard}) OR ${guard} <> :name)`,
      ExpressionAttributeValues: {
        ":n": number(recipients),
        ":most": number(most - recipients),
        ":epoch": number(epoch),
        ":name": { S: name },
      },
      ReturnValues: "ALL_NEW",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    for (let repeats = 0; repeats <= mostRepeats; repeats += 1) {
      try {
        const { Attributes: item } = await this.#update(update);
        this.#remember(key, item);
        return "taken";
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) continue;
        const item = await refusedItem(this.#clients.reads, error, where);
        this.#remember(key, item);
        return repeats === 0 ? "refused" : repeatRefused(item, guard, name);
      }
    }
    return "unknown";
  }

  /** A throttled update was not applied, so it may be tried again; after the last wait the error stands. */
  async #update(command: UpdateItemCommand): Promise<UpdateItemCommandOutput> {
    for (const waitMs of throttledWaitsMs) {
      try {
        return await this.#clients.counters.send(command);
      } catch (error) {
        if (!isThrottling(error)) throw error;
        await this.#around.wait(waitMs * (0.5 + Math.random()));
      }
    }
    return this.#clients.counters.send(command);
  }

  async #lastSeen(key: AllowanceKey): Promise<Allowance | undefined> {
    const seen = this.#seen.get(allowanceKeyText(key));
    const nowMs = this.#around.clock.nowMs();
    if (seen !== undefined && nowMs - seen.atMs < believedMs(seen, nowMs)) return seen.allowance;
    const { Item: item } = await this.#clients.reads.send(
      new GetItemCommand({ TableName: this.#table, Key: tableKeys.allowance(key), ConsistentRead: true }),
    );
    return this.#remember(key, item);
  }

  #remember(key: AllowanceKey, item: Item | undefined): Allowance | undefined {
    const allowance = item === undefined ? undefined : allowanceOf(item);
    this.#seen.set(allowanceKeyText(key), { allowance, atMs: this.#around.clock.nowMs() });
    return allowance;
  }
}

/** A view with room is believed until a condition refuses it. */
function believedMs({ allowance }: Seen, nowMs: number): number {
  if (allowance === undefined) return believeMissingMs;
  return roomIn(allowance, nowMs) === 0 ? believeSpentMs : Number.POSITIVE_INFINITY;
}

/** Refused by our own name: the update before was applied. Otherwise another may have taken the guard since. */
function repeatRefused(item: Item | undefined, guard: string, name: string): Taken {
  return item?.[guard]?.S === name ? "taken" : "unknown";
}

/** The attribute a reservation is guarded by. */
function guardOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum += letter.charCodeAt(0);
  return `guard${sum % guards}`;
}

function isThrottling(error: unknown): boolean {
  return error instanceof Error && /Throttling|ThroughputExceeded|RequestLimitExceeded/.test(error.name);
}
