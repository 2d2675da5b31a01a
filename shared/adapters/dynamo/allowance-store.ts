import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  DynamoDBServiceException,
  UpdateItemCommand,
  type UpdateItemCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { errorName } from "../../domain/errors.ts";
import { mailboxProviderGroup } from "../../domain/routing/mailbox-provider.ts";
import type { AllowanceKey, RouteDay } from "../../domain/sending/allowance.ts";
import type { Demand } from "../../domain/sending/share-out.ts";
import type { AllowanceStore, Reservation, Reservations } from "../../ports/allowance-store.ts";
import type { Chance } from "../../ports/chance.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Wait } from "../../ports/wait.ts";
import { allowanceAttribute } from "./allowance-item.ts";
import { isAppliedTo, type Share, type Shares, sharesOf, takingAll } from "./allowance-shares.ts";
import { AllowanceViews } from "./allowance-views.ts";
import { type Item, number } from "./attributes.ts";
import { refusedItem } from "./refused-item.ts";
import { tableKeys } from "./table-keys.ts";

/** Refusals in a row after which a reservation gives up: each means that others took room, or that a limit changed. */
const maxTries = 12;

/** Waits before a throttled update is tried again, ms. DynamoDB did not apply it. */
const throttledWaitsMs = [30, 120, 400];

/** Calls with an unknown end that are made again: the guard in the item tells whether the one before was applied. */
const mostRepeats = 3;

/** Providers one update reserves at: far below what an expression may have, 4 KB and 300 operators. */
const mostProviders = 20;

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

type Taken = "taken" | "refused" | "unknown";

/**
 * Allowances in the state table, those of a provider group in one item. What an instance last saw of an item
 * only chooses how much to ask for; the condition of the update decides. An update whose answer is lost is made again:
 * its guard refuses it if it was applied.
 */
export class DynamoAllowanceStore implements AllowanceStore {
  readonly #clients: AllowanceClients;
  readonly #table: string;
  readonly #around: AllowanceSurroundings;
  readonly #views: AllowanceViews;

  constructor(clients: AllowanceClients, table: string, around: AllowanceSurroundings) {
    this.#clients = clients;
    this.#table = table;
    this.#around = around;
    this.#views = new AllowanceViews(clients.reads, table, around.clock);
  }

  async reserve(of: RouteDay, demand: Demand): Promise<Reservations> {
    const reserved = await Promise.all(
      inGroups(demand).map(({ providerGroup, part }) =>
        this.#reserveAll(tableKeys.allowances(of, providerGroup), part),
      ),
    );
    return new Map(reserved.flatMap((each) => [...each]));
  }

  async release(key: AllowanceKey, recipients: number, epoch: number | undefined): Promise<void> {
    if (epoch !== undefined) {
      const same = { condition: "#p.epoch = :epoch", values: { ":epoch": number(epoch) } };
      if (await this.#giveBack(key, recipients, same)) return;
    }
    // The limit or a brake changed in between. What a brake counts from goes down too: it must open nothing by this.
    const braked = { condition: "#p.floor >= :n", values: {}, also: ", #p.floor = #p.floor - :n" };
    if (await this.#giveBack(key, recipients, braked)) return;
    await this.#giveBack(key, recipients, { condition: "attribute_not_exists(#p.floor)", values: {} });
  }

  /** Reserves at all providers of one item by one update, or at none. */
  async #reserveAll(key: Item, demand: Demand): Promise<Reservations> {
    const name = this.#around.chance.id();
    try {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const item = await this.#views.of(key, demand.keys());
        const { shares, full } = sharesOf(demand, item, this.#around.clock.nowMs());
        const none = answers(full, (_, because) => ({ kind: "none", because }));
        if (shares.size === 0) return none;
        const taken = await this.#take(key, shares, name);
        if (taken === "refused") continue;
        if (taken === "unknown") this.#views.forget(key);
        return new Map([...none, ...answers(shares, (_, share) => (taken === "unknown" ? unknown : granted(share)))]);
      }
      return demand.size === 1 ? answers(demand, () => spent) : await this.#reserveHalves(key, demand);
    } catch (error) {
      // No answer, or one that leaves open whether the update was applied: it counts as used.
      this.#views.forget(key);
      return answers(demand, () => ({ kind: "unknown", error: errorName(error) }));
    }
  }

  /** One contested provider refuses all that are asked together: those beside it get what they have when asked apart. */
  async #reserveHalves(key: Item, demand: Demand): Promise<Reservations> {
    const halves = inParts([...demand], Math.ceil(demand.size / 2));
    const reserved = await Promise.all(halves.map((half) => this.#reserveAll(key, half)));
    return new Map(reserved.flatMap((each) => [...each]));
  }

  /** One conditional update; made again while its end is unknown. A refusal leaves what the item holds remembered. */
  async #take(key: Item, shares: Shares, name: string): Promise<Taken> {
    const where = { TableName: this.#table, Key: key };
    const update = new UpdateItemCommand({
      ...where,
      ...takingAll(shares, name),
      ReturnValues: "ALL_NEW",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    for (let repeats = 0; repeats <= mostRepeats; repeats += 1) {
      try {
        const { Attributes: item } = await this.#update(update);
        this.#views.remember(key, item);
        return "taken";
      } catch (error) {
        throwRefusal(error);
        if (!(error instanceof ConditionalCheckFailedException)) continue;
        const item = await refusedItem(this.#clients.reads, error, where);
        this.#views.remember(key, item);
        if (repeats === 0) return "refused";
        // Refused by our own name: the update before was applied. Otherwise another may have taken the guard since.
        return isAppliedTo(item, name) ? "taken" : "unknown";
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

  /** @returns false when the condition refused it */
  async #giveBack(
    { provider, ...of }: AllowanceKey,
    recipients: number,
    { condition, values, also = "" }: { readonly condition: string; readonly values: Item; readonly also?: string },
  ): Promise<boolean> {
    const key = tableKeys.allowances(of, mailboxProviderGroup(provider));
    try {
      const { Attributes: item } = await this.#clients.counters.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: key,
          UpdateExpression: `SET #p.used = #p.used - :n${also}`,
          ConditionExpression: `#p.used >= :n AND ${condition}`,
          ExpressionAttributeNames: { "#p": allowanceAttribute(provider) },
          ExpressionAttributeValues: { ":n": number(recipients), ...values },
          ReturnValues: "ALL_NEW",
        }),
      );
      this.#views.remember(key, item);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

const spent: Reservation = { kind: "none", because: "spent" };
const unknown: Reservation = { kind: "unknown" };

function granted({ recipients, epoch, short }: Share): Reservation {
  return { kind: "granted", recipients, epoch, ...(short !== undefined && { short }) };
}

function answers<Asked>(
  asked: ReadonlyMap<string, Asked>,
  of: (provider: string, asked: Asked) => Reservation,
): Reservations {
  return new Map([...asked].map(([provider, each]) => [provider, of(provider, each)]));
}

/** A demand by the items that hold its allowances, in parts that one update can carry. */
function inGroups(demand: Demand): { readonly providerGroup: string; readonly part: Demand }[] {
  const groups = Map.groupBy(demand, ([provider]) => mailboxProviderGroup(provider));
  return [...groups].flatMap(([providerGroup, asked]) =>
    inParts(asked, mostProviders).map((part) => ({ providerGroup, part })),
  );
}

function inParts(asked: readonly [string, number][], most: number): Demand[] {
  return Array.from(
    { length: Math.ceil(asked.length / most) },
    (_, part) => new Map(asked.slice(part * most, (part + 1) * most)),
  );
}

/** @throws what refuses the same call again: access denied, no such table, not a valid request; nothing was applied */
function throwRefusal(error: unknown): void {
  const isAnswer = error instanceof DynamoDBServiceException && error.$fault === "client";
  if (isAnswer && !isThrottling(error) && !(error instanceof ConditionalCheckFailedException)) throw error;
}

function isThrottling(error: unknown): boolean {
  return error instanceof Error && /Throttling|ThroughputExceeded|RequestLimitExceeded/.test(error.name);
}
