import { setTimeout } from "node:timers/promises";
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandOutput,
} from "@aws-sdk/client-dynamodb";
import type { BrakeInForce } from "../../domain/brakes/brake.ts";
import { type Allowance, type AllowanceKey, allowanceKeyText, openOf, roomIn } from "../../domain/sending/allowance.ts";
import type { AllowanceStore, Reservation } from "../../ports/allowance-store.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { refusedItem } from "./refused-item.ts";
import { tableKeys } from "./table-keys.ts";

const hasRoom = "used <= :most"; // a condition cannot subtract: :most is the limit less what is asked
const sameLimit = "epoch = :epoch"; // a brake or a ramp that landed a moment ago refuses the update

/** Refusals in a row after which a reservation gives up for this batch; every refusal means that others took room. */
const maxTries = 12;

/** How long "nothing left" and "no allowance" are believed before the item is read again, ms. */
const believeNoneMs = 2_000;

/** Waits before a throttled update is tried again, ms. DynamoDB did not apply it. */
const throttledWaitsMs = [30, 120, 400];

export interface AllowanceClients {
  /** One attempt a call: a repeated update would take twice. */
  readonly counters: DynamoDBClient;
  readonly reads: DynamoDBClient;
}

interface Seen {
  readonly allowance: Allowance | undefined;
  readonly atMs: number;
}

/**
 * Allowances in the state table. What an instance last saw of an item only chooses how much to ask for; the condition of
 * the update decides.
 */
export class DynamoAllowanceStore implements AllowanceStore {
  readonly #clients: AllowanceClients;
  readonly #table: string;
  readonly #clock: Clock;
  readonly #seen = new Map<string, Seen>();

  constructor(clients: AllowanceClients, table: string, clock: Clock) {
    this.#clients = clients;
    this.#table = table;
    this.#clock = clock;
  }

  async reserve(key: AllowanceKey, recipients: number): Promise<Reservation> {
    try {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const allowance = await this.#lastSeen(key);
        if (allowance === undefined) return { kind: "none", because: "no-allowance" };
        const nowMs = this.#clock.nowMs();
        const asked = Math.min(recipients, roomIn(allowance, nowMs));
        if (asked === 0) return { kind: "none", because: "spent" };
        if (await this.#take(key, asked, { most: openOf(allowance, nowMs), epoch: allowance.epoch })) {
          return { kind: "granted", recipients: asked, epoch: allowance.epoch };
        }
      }
      return { kind: "none", because: "spent" };
    } catch {
      // No answer, or one that leaves open whether the update was applied: it counts as used.
      this.#seen.delete(allowanceKeyText(key));
      return { kind: "unknown" };
    }
  }

  async release(key: AllowanceKey, recipients: number, epoch: number): Promise<void> {
    try {
      const { Attributes: item } = await this.#clients.counters.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: tableKeys.allowance(key),
          UpdateExpression: "SET used = used - :n",
          ConditionExpression: `used >= :n AND ${sameLimit}`,
          ExpressionAttributeValues: { ":n": number(recipients), ":epoch": number(epoch) },
          ReturnValues: "ALL_NEW",
        }),
      );
      this.#remember(key, item);
    } catch (error) {
      // The limit changed in between: what it was changed to already counts these units as used.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  /** @returns false when the item refused; what it holds now is then remembered */
  async #take(
    key: AllowanceKey,
    recipients: number,
    { most, epoch }: { most: number; epoch: number },
  ): Promise<boolean> {
    const where = { TableName: this.#table, Key: tableKeys.allowance(key) };
    try {
      const { Attributes: item } = await this.#update(
        new UpdateItemCommand({
          ...where,
          UpdateExpression: "SET used = used + :n",
          ConditionExpression: `${hasRoom} AND ${sameLimit}`,
          ExpressionAttributeValues: {
            ":n": number(recipients),
            ":most": number(most - recipients),
            ":epoch": number(epoch),
          },
          ReturnValues: "ALL_NEW",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      this.#remember(key, item);
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      this.#remember(key, await refusedItem(this.#clients.reads, error, where));
      return false;
    }
  }

  /** A throttled update was not applied, so it may be tried again; after the last wait the error stands. */
  async #update(command: UpdateItemCommand): Promise<UpdateItemCommandOutput> {
    for (const waitMs of throttledWaitsMs) {
      try {
        return await this.#clients.counters.send(command);
      } catch (error) {
        if (!isThrottling(error)) throw error;
        await setTimeout(waitMs * (0.5 + Math.random()));
      }
    }
    return this.#clients.counters.send(command);
  }

  async #lastSeen(key: AllowanceKey): Promise<Allowance | undefined> {
    const seen = this.#seen.get(allowanceKeyText(key));
    const nowMs = this.#clock.nowMs();
    const hasNone = seen !== undefined && (seen.allowance === undefined || roomIn(seen.allowance, nowMs) === 0);
    const believed = seen !== undefined && (!hasNone || nowMs - seen.atMs < believeNoneMs);
    if (believed) return seen.allowance;
    const { Item: item } = await this.#clients.reads.send(
      new GetItemCommand({ TableName: this.#table, Key: tableKeys.allowance(key), ConsistentRead: true }),
    );
    return this.#remember(key, item);
  }

  #remember(key: AllowanceKey, item: Item | undefined): Allowance | undefined {
    const allowance = item === undefined ? undefined : allowanceOf(item);
    this.#seen.set(allowanceKeyText(key), { allowance, atMs: this.#clock.nowMs() });
    return allowance;
  }
}

export function allowanceOf(item: Item): Allowance {
  return {
    limit: readNumber(item, "limit"),
    used: readNumber(item, "used"),
    epoch: readNumber(item, "epoch"),
    ...(item.brakeStep !== undefined && { brake: brakeOf(item) }),
  };
}

function brakeOf(item: Item): BrakeInForce {
  return {
    step: readText(item, "brakeStep") === "stop" ? "stop" : "slow",
    trickles: item.brakeTrickles?.BOOL === true,
    sinceMs: readNumber(item, "brakeSinceMs"),
    untilMs: readNumber(item, "brakeUntilMs"),
    floor: readNumber(item, "brakeFloor"),
  };
}

function isThrottling(error: unknown): boolean {
  return error instanceof Error && /Throttling|ThroughputExceeded|RequestLimitExceeded/.test(error.name);
}
