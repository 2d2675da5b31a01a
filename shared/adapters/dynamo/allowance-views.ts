import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { type Allowance, roomIn } from "../../domain/sending/allowance.ts";
import type { Clock } from "../../ports/clock.ts";
import { allowancesIn } from "./allowance-item.ts";
import type { Item } from "./attributes.ts";

/** How long "nothing left" is believed before the item is read again, ms. */
const believeSpentMs = 2_000;
/** How long "no allowance for this day" is: it comes with the ramp, once a day. */
const believeMissingMs = 60_000;

/** Allowances by mailbox provider. */
export type Allowances = ReadonlyMap<string, Allowance>;

interface View {
  readonly allowances: Allowances;
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

  /** What was seen last; read again where it is no longer believed of one of these providers. */
  async of(key: Item, providers: Iterable<string>): Promise<Allowances> {
    const view = this.#views.get(nameOf(key));
    const nowMs = this.#clock.nowMs();
    if (view !== undefined && [...providers].every((provider) => isBelieved(view, provider, nowMs))) {
      return view.allowances;
    }
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true }),
    );
    return this.remember(key, item);
  }

  /** @param item - undefined when there is none */
  remember(key: Item, item: Item | undefined): Allowances {
    const allowances = item === undefined ? new Map() : allowancesIn(item);
    this.#views.set(nameOf(key), { allowances, atMs: this.#clock.nowMs() });
    return allowances;
  }

  forget(key: Item): void {
    this.#views.delete(nameOf(key));
  }
}

/** A view with room is believed until a condition refuses it. */
function isBelieved({ allowances, atMs }: View, provider: string, nowMs: number): boolean {
  const allowance = allowances.get(provider);
  if (allowance === undefined) return nowMs - atMs < believeMissingMs;
  return roomIn(allowance, nowMs) > 0 || nowMs - atMs < believeSpentMs;
}

function nameOf({ pk, sk }: Item): string {
  return `${pk?.S}/${sk?.S}`;
}
