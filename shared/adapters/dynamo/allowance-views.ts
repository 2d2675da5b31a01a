import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { roomIn } from "../../domain/sending/allowance.ts";
import type { Clock } from "../../ports/clock.ts";
import { allowanceIn } from "./allowance-item.ts";
import type { Item } from "./attributes.ts";

/** How long "nothing left" is believed before the item is read again, ms. */
const believeSpentMs = 2_000;
/** How long "no allowance for this day" is: it comes with the ramp or an operator's command, rarely. */
const believeMissingMs = 10_000;

interface View {
  /** Undefined when there is none. */
  readonly item: Item | undefined;
  readonly atMs: number;
}

/** What one instance last saw of allowance items. It only chooses how much to ask for: the condition decides. */
export class AllowanceViews {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #clock: Clock;
  readonly #views = new Map<string, View>();

  constructor(client: DynamoDBClient, table: string, clock: Clock) {
    this.#client = client;
    this.#table = table;
    this.#clock = clock;
  }

  /** The item as it was seen last; read again where it is no longer believed of one of these providers. */
  async of(key: Item, providers: Iterable<string>): Promise<Item | undefined> {
    const view = this.#views.get(nameOf(key));
    const nowMs = this.#clock.nowMs();
    if (view !== undefined && [...providers].every((provider) => isBelieved(view, provider, nowMs))) {
      return view.item;
    }
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true }),
    );
    this.remember(key, item);
    return item;
  }

  remember(key: Item, item: Item | undefined): void {
    this.#views.set(nameOf(key), { item, atMs: this.#clock.nowMs() });
  }

  forget(key: Item): void {
    this.#views.delete(nameOf(key));
  }
}

/** A view with room is believed until a condition refuses it. */
function isBelieved({ item, atMs }: View, provider: string, nowMs: number): boolean {
  const allowance = allowanceIn(item, provider);
  if (allowance === undefined) return nowMs - atMs < believeMissingMs;
  return roomIn(allowance, nowMs) > 0 || nowMs - atMs < believeSpentMs;
}

function nameOf({ pk, sk }: Item): string {
  return `${pk?.S}/${sk?.S}`;
}
