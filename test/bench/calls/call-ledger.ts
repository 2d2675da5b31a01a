import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { round } from "../statistics.ts";

/** What one message costs on average. A type, not an interface: it is printed as figures. */
export type CostPerMessage = {
  readonly callsPerMessage: number;
  readonly writeUnitsPerMessage: number;
  /** Calls by operation. */
  readonly calls: Readonly<Record<string, number>>;
};

/** DynamoDB's writing operations; a refused condition costs as much as a write. */
const writes: ReadonlySet<string> = new Set(["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"]);

/** Calls and write units of one piece of work. */
export class CallLedger {
  readonly #calls = new Map<string, number>();
  #writeUnits = 0;

  /** Calls of one operation. */
  of(operation: string): number {
    return this.#calls.get(operation) ?? 0;
  }

  costPer(messages: number): CostPerMessage {
    const all = [...this.#calls].toSorted(([, one], [, other]) => other - one);
    return {
      callsPerMessage: round(all.reduce((sum, [, calls]) => sum + calls, 0) / messages),
      writeUnitsPerMessage: round(this.#writeUnits / messages),
      calls: Object.fromEntries(all.map(([operation, calls]) => [operation, round(calls / messages)])),
    };
  }

  async record<Answer extends { readonly output?: unknown }>(
    commandName: string,
    call: () => Promise<Answer>,
  ): Promise<Answer> {
    const operation = commandName.replace(/Command$/, "");
    this.#calls.set(operation, this.of(operation) + 1);
    try {
      const answer = await call();
      if (writes.has(operation)) this.#writeUnits += unitsOf(answer.output);
      return answer;
    } catch (error) {
      // The claims, receipts and allowances that refuse are all below 1 KB.
      if (error instanceof ConditionalCheckFailedException) this.#writeUnits += 1;
      throw error;
    }
  }
}

/** @throws when a write does not say what it took: it would count as free */
function unitsOf(output: unknown): number {
  const { ConsumedCapacity: consumed } = Object(output);
  const tables: readonly { readonly CapacityUnits?: number }[] = consumed === undefined ? [] : [consumed].flat();
  if (tables.length === 0) throw new Error("a write did not say what it took");
  return tables.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

/** Takes what the clients of this process call. */
let open = new CallLedger();

/** Counts every attempt that leaves a client of DynamoDB or SES during some work, retries included. */
export async function countCalls(work: () => Promise<void>): Promise<CallLedger> {
  watchClients();
  const ledger = new CallLedger();
  open = ledger;
  await work();
  open = new CallLedger();
  return ledger;
}

let isWatching = false;

/** The clients are made inside the dispatcher's `main.ts`: each gets its middleware when it is first used. */
function watchClients(): void {
  if (isWatching) return;
  isWatching = true;
  // Inside the SDK's retries, outside its reading of the answer: one pass is one call.
  const place = { step: "deserialize", priority: "high" } as const;
  onFirstSend(DynamoDBClient.prototype, ({ middlewareStack: stack }) => {
    stack.add((next) => (args) => next({ ...args, input: asking(args.input) }), { step: "initialize" });
    stack.add(
      (next, { commandName = "" }) =>
        (args) =>
          open.record(commandName, () => next(args)),
      place,
    );
  });
  onFirstSend(SESv2Client.prototype, ({ middlewareStack: stack }) => {
    stack.add(
      (next, { commandName = "" }) =>
        (args) =>
          open.record(commandName, () => next(args)),
      place,
    );
  });
}

/** The same request, asking for what it costs; it changes nothing else of the answer. */
function asking<Input extends object>(input: Input): Input {
  return { ...input, ReturnConsumedCapacity: "TOTAL" };
}

function onFirstSend<Client extends DynamoDBClient | SESv2Client>(
  prototype: Client,
  prepare: (client: Client) => void,
): void {
  const { send } = prototype;
  const prepared = new WeakSet<Client>();
  Object.assign(prototype, {
    send(this: Client, ...args: unknown[]): unknown {
      if (!prepared.has(this)) prepare(this);
      prepared.add(this);
      return Reflect.apply(send, this, args);
    },
  });
}
