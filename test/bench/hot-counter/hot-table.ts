import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  ThrottlingException,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Item } from "../../dst/aws/attribute-values.ts";
import { conditionOf } from "../../dst/aws/conditions.ts";
import { updated } from "../../dst/aws/updates.ts";
import type { VirtualClock } from "../virtual-clock.ts";

/** How long every call takes, ms. */
export const latencyMs = 5;

/** Write units a second that one key takes: what DynamoDB gives a partition. */
const unitsPerSecond = 1_000;

/** Units that an idle key saves up: a tenth of a second's. DynamoDB promises none. */
const mostSaved = 100;

/** One item under load: calls take time, and more writes than a partition takes are throttled. */
export class HotTable {
  readonly #clock: VirtualClock;
  #item: Item;
  #saved = mostSaved;
  #filledAtMs: number;
  /** Writes refused for the rate. */
  throttles = 0;
  /** Writes carried out or refused by their condition. */
  writes = 0;

  constructor(clock: VirtualClock, item: Item) {
    this.#clock = clock;
    this.#item = item;
    this.#filledAtMs = clock.nowMs();
  }

  get item(): Item {
    return this.#item;
  }

  /** A client whose calls all go to this item. */
  asClient(): DynamoDBClient {
    const send = (command: unknown): Promise<unknown> => {
      if (command instanceof GetItemCommand) return this.#read();
      if (command instanceof UpdateItemCommand) return this.#write(command);
      throw new Error("the hot table reads and updates one item only");
    };
    return { send } as unknown as DynamoDBClient;
  }

  async #read(): Promise<{ Item: Item }> {
    await this.#clock.wait(latencyMs);
    return { Item: this.#item };
  }

  async #write({ input }: UpdateItemCommand): Promise<{ Attributes: Item }> {
    await this.#clock.wait(latencyMs);
    this.#takeUnit();
    const given = { names: input.ExpressionAttributeNames, values: input.ExpressionAttributeValues };
    if (!conditionOf(input.ConditionExpression ?? "")(this.#item, given)) {
      throw new ConditionalCheckFailedException({
        message: "The conditional request failed",
        $metadata: {},
        Item: this.#item,
      });
    }
    this.#item = updated(input.UpdateExpression ?? "", this.#item, given);
    return { Attributes: this.#item };
  }

  #takeUnit(): void {
    const nowMs = this.#clock.nowMs();
    this.#saved = Math.min(mostSaved, this.#saved + ((nowMs - this.#filledAtMs) * unitsPerSecond) / 1000);
    this.#filledAtMs = nowMs;
    if (this.#saved < 1) {
      this.throttles += 1;
      throw new ThrottlingException({ message: "Rate exceeded", $metadata: {} });
    }
    this.#saved -= 1;
    this.writes += 1;
  }
}
