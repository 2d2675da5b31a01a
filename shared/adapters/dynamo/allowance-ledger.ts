import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { Brake } from "../../domain/brakes/brake.ts";
import { mailboxProviderGroup } from "../../domain/routing/mailbox-provider.ts";
import type { AllowanceKey } from "../../domain/sending/allowance.ts";
import type { AllowanceLedger, AllowanceReading, OpenedBy } from "../../ports/allowance-ledger.ts";
import type { Wait } from "../../ports/wait.ts";
import { allowanceAttribute, allowanceIn, brakeValue, openedAllowance } from "./allowance-item.ts";
import { type Item, number } from "./attributes.ts";
import { chunks, untilDone } from "./batch-calls.ts";
import { tableKeys } from "./table-keys.ts";

/** Most items of one BatchGetItem call. */
const batchSize = 100;

/** Whole allowances in the state table, those of a provider group in one item. */
export class DynamoAllowanceLedger implements AllowanceLedger {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #wait: Wait;

  constructor(client: DynamoDBClient, table: string, wait: Wait) {
    this.#client = client;
    this.#table = table;
    this.#wait = wait;
  }

  async read(keys: readonly AllowanceKey[]): Promise<readonly AllowanceReading[]> {
    const items = new Map(keys.map(itemKey).map((item) => [keyText(item), item]));
    const found = new Map<string, Item>();
    for (const chunk of chunks([...items.values()], batchSize)) {
      for (const item of await this.#readItems(chunk)) found.set(keyText(item), item);
    }
    return keys.flatMap((key) => {
      const allowance = allowanceIn(found.get(keyText(itemKey(key))), key.provider);
      return allowance === undefined ? [] : [{ key, allowance }];
    });
  }

  async open(key: AllowanceKey, limit: number, by: OpenedBy = {}): Promise<boolean> {
    return this.#update(key, {
      UpdateExpression: "SET #p = :opened",
      ConditionExpression: "attribute_not_exists(#p)",
      ExpressionAttributeValues: { ":opened": openedAllowance(limit, by) },
    });
  }

  async setLimit(key: AllowanceKey, limit: number): Promise<void> {
    await this.#update(key, {
      // A new epoch refuses every reservation that still counts on the old limit.
      UpdateExpression: "SET #p.#limit = :limit, #p.epoch = #p.epoch + :one",
      ConditionExpression: "attribute_exists(#p)",
      ExpressionAttributeNames: { "#limit": "limit" },
      ExpressionAttributeValues: { ":limit": number(limit), ":one": number(1) },
    });
  }

  async setBrake(key: AllowanceKey, brake: Brake): Promise<boolean> {
    const same = "#p.brake.step = :step AND #p.brake.sinceMs = :since AND #p.brake.untilMs = :until";
    return this.#update(key, {
      UpdateExpression: "SET #p.brake = :brake, #p.floor = #p.used, #p.epoch = #p.epoch + :one",
      ConditionExpression: `attribute_exists(#p) AND NOT (${same})`,
      ExpressionAttributeValues: {
        ":brake": brakeValue(brake),
        ":step": { S: brake.step },
        ":since": number(brake.sinceMs),
        ":until": number(brake.untilMs),
        ":one": number(1),
      },
    });
  }

  /** Changes one provider's allowance, `#p`. @returns false when its condition refused it */
  async #update(key: AllowanceKey, change: Omit<UpdateItemCommandInput, "TableName" | "Key">): Promise<boolean> {
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: itemKey(key),
          ...change,
          ExpressionAttributeNames: { "#p": allowanceAttribute(key.provider), ...change.ExpressionAttributeNames },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async #readItems(keys: readonly Item[]): Promise<Item[]> {
    const found: Item[] = [];
    await untilDone(this.#wait, keys, async (open) => {
      const request = { [this.#table]: { Keys: open, ConsistentRead: true } };
      const page = await this.#client.send(new BatchGetItemCommand({ RequestItems: request }));
      found.push(...(page.Responses?.[this.#table] ?? []));
      return page.UnprocessedKeys?.[this.#table]?.Keys ?? [];
    });
    return found;
  }
}

function itemKey({ provider, ...of }: AllowanceKey): Item {
  return tableKeys.allowances(of, mailboxProviderGroup(provider));
}

function keyText({ pk, sk }: Item): string {
  return `${pk?.S}/${sk?.S}`;
}
