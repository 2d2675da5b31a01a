import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoAllowanceStore } from "../../shared/adapters/dynamo/allowance-store.ts";
import { tableKeys } from "../../shared/adapters/dynamo/table-keys.ts";
import { systemChance } from "../../shared/adapters/system-chance.ts";
import { mailboxProviderGroup, providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import type { AllowanceLedger } from "../../shared/ports/allowance-ledger.ts";
import type { AllowanceStore } from "../../shared/ports/allowance-store.ts";
import { allowanceAt, freshNames, noonMs } from "../support/builders.ts";
import { CountingChance } from "../support/fakes/counting-chance.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";
import { MemoryAllowances } from "../support/fakes/memory-allowances.ts";
import { noWait, useTables } from "../support/tables.ts";

// Allowances of mailbox providers that share an item.

const tables = useTables();
const newPool = freshNames("pool");
const groups = Map.groupBy(providerDirectory().names, mailboxProviderGroup);

type Limits = Readonly<Record<string, number>>;

/** A route's day with limits by provider. */
async function dayIn({ ledger, store }: { ledger: AllowanceLedger; store: AllowanceStore }, limits: Limits) {
  const of = allowanceAt("gmail", "warming", newPool());
  for (const [provider, limit] of Object.entries(limits)) await ledger.open({ ...of, provider }, limit);
  return {
    ledger,
    of,
    reserve: async (demand: Limits) => Object.fromEntries(await store.reserve(of, new Map(Object.entries(demand)))),
    used: async (...providers: string[]) =>
      (await ledger.read(providers.map((provider) => ({ ...of, provider })))).map(({ allowance }) => allowance.used),
  };
}

/** A route's day on the table engine, and an instance of the send path whose writes are counted. */
async function openDay(limits: Limits) {
  const { client, state, another } = tables();
  const engine = another();
  let writes = 0;
  engine.client.middlewareStack.add(
    (next, { commandName }) =>
      (call) => {
        if (commandName === "UpdateItemCommand") writes += 1;
        return next(call);
      },
    { step: "build" },
  );
  const store = storeOf(engine.client, state);
  const day = await dayIn({ ledger: new DynamoAllowanceLedger(client, state, noWait), store }, limits);
  return { ...day, engine, writes: () => writes };
}

function storeOf(client: DynamoDBClient, table: string): AllowanceStore {
  const around = { clock: new ManualClock(noonMs), chance: systemChance, wait: async () => {} };
  return new DynamoAllowanceStore({ counters: client, reads: client }, table, around);
}

const granted = (recipients: number, epoch = 1) => ({ kind: "granted", recipients, epoch });

function inMemory(): { readonly ledger: AllowanceLedger; readonly store: AllowanceStore } {
  const allowances = new MemoryAllowances();
  return { ledger: allowances, store: allowances };
}

describe.each([
  ["in memory", async (limits: Limits) => dayIn(inMemory(), limits)],
  ["in DynamoDB", openDay],
])("a reservation at several mailbox providers %s", (_, open) => {
  test("gets at each what is left there", async () => {
    const { reserve, used } = await open({ gmail: 2, yahoo: 0, apple: 10 });
    expect(await reserve({ gmail: 3, yahoo: 3, apple: 3, microsoft: 3 })).toEqual({
      gmail: { ...granted(2), short: "spent" },
      yahoo: { kind: "none", because: "no-allowance" },
      apple: granted(3),
      microsoft: { kind: "none", because: "no-allowance" },
    });
    expect(await used("gmail", "yahoo", "apple")).toEqual([2, 0, 3]);
  });

  test("asks anew for all where a limit changed at one", async () => {
    const { reserve, used, ledger, of } = await open({ gmail: 10, yahoo: 10 });
    await reserve({ gmail: 1, yahoo: 1 });
    await ledger.setLimit({ ...of, provider: "yahoo" }, 2);
    expect(await reserve({ gmail: 4, yahoo: 4 })).toEqual({
      gmail: granted(4),
      yahoo: { ...granted(1, 2), short: "spent" },
    });
    expect(await used("gmail", "yahoo")).toEqual([5, 2]);
  });
});

describe("a reservation at several mailbox providers, by calls", () => {
  test("of one group is one write", async () => {
    const { reserve, used, writes } = await openDay({ gmail: 10, yahoo: 10, other: 10 });
    expect(await reserve({ gmail: 3, yahoo: 2, other: 1 })).toEqual({
      gmail: granted(3),
      yahoo: granted(2),
      other: granted(1),
    });
    expect(await used("gmail", "yahoo", "other")).toEqual([3, 2, 1]);
    expect(writes()).toBe(1);
  });

  test("of two groups is a write for each", async () => {
    const { reserve, writes } = await openDay({ gmail: 10, "t-online": 10, freenet: 10 });
    await reserve({ gmail: 1, "t-online": 1, freenet: 1 });
    expect(writes()).toBe(2);
  });

  test("whose reply is lost is made again, and counts once at each", async () => {
    const { reserve, used, engine } = await openDay({ gmail: 10, yahoo: 10 });
    await reserve({ gmail: 1, yahoo: 1 });
    engine.loseNextReply();
    expect(await reserve({ gmail: 2, yahoo: 3 })).toEqual({ gmail: granted(2), yahoo: granted(3) });
    expect(await used("gmail", "yahoo")).toEqual([3, 4]);
  });

  test("whose replies are all lost is unknown where something was asked for, and only there", async () => {
    const { reserve, engine } = await openDay({ gmail: 10, yahoo: 0 });
    await reserve({ gmail: 1, yahoo: 1 });
    for (let reply = 0; reply < 8; reply += 1) engine.loseNextReply();
    expect(await reserve({ gmail: 2, yahoo: 3 })).toEqual({
      gmail: { kind: "unknown" },
      yahoo: { kind: "none", because: "no-allowance" },
    });
  });

  test("gets what one has although another refuses again and again", async () => {
    const { client, state } = tables();
    const refused = new ConditionalCheckFailedException({ $metadata: {}, message: "others were faster" });
    const contested = {
      send: (command: UpdateItemCommand) =>
        Object.values(command.input.ExpressionAttributeNames ?? {}).includes("@yahoo")
          ? Promise.reject(refused)
          : client.send(command),
    };
    const around = { clock: new ManualClock(noonMs), chance: systemChance, wait: async () => {} };
    const clients = { counters: contested as unknown as DynamoDBClient, reads: client };
    const store = new DynamoAllowanceStore(clients, state, around);
    const { reserve, used } = await dayIn(
      { ledger: new DynamoAllowanceLedger(client, state, noWait), store },
      { gmail: 9, yahoo: 9, apple: 9 },
    );
    expect(await reserve({ gmail: 1, yahoo: 1, apple: 1 })).toEqual({
      gmail: granted(1),
      yahoo: { kind: "none", because: "spent" },
      apple: granted(1),
    });
    expect(await used("gmail", "yahoo", "apple")).toEqual([1, 0, 1]);
  });

  test("is answered for more of a deployment's own providers than one expression can name", async () => {
    const own = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`own-${index}`, 1]));
    const { reserve } = await openDay(own);
    const reserved = Object.values(await reserve(own));
    expect(reserved).toEqual(Array.from({ length: 45 }, () => granted(1)));
  });
});

test("32 instances at once use the allowances of a group exactly, never over", async () => {
  const { client, state } = tables();
  const [ledger, of] = [new DynamoAllowanceLedger(client, state, noWait), allowanceAt("gmail", "warming", newPool())];
  await ledger.open(of, 100);
  await ledger.open({ ...of, provider: "yahoo" }, 60);
  await Promise.all(
    Array.from({ length: 32 }, async (_, index) => {
      const store = storeOf(client, state);
      for (const round of [1, 2, 3]) {
        await store.reserve(
          of,
          new Map([
            ["gmail", 1 + (index % 4)],
            ["yahoo", round],
          ]),
        );
      }
    }),
  );
  const read = await ledger.read([of, { ...of, provider: "yahoo" }]);
  expect(read.map(({ allowance }) => allowance.used)).toEqual([100, 60]);
});

test.each([...groups])(
  "the allowances of %s cost one write unit, all in use and three of them braked",
  async (group, names) => {
    const { client, state } = tables();
    const ledger = new DynamoAllowanceLedger(client, state, noWait);
    const of = allowanceAt("gmail", "established", newPool().padEnd(30, "-"));
    for (const provider of names) await ledger.open({ ...of, provider }, 123_456, { pace: "probing" });
    // Names in a row meet every guard there is.
    const around = { clock: new ManualClock(noonMs), chance: new CountingChance(), wait: async () => {} };
    const store = new DynamoAllowanceStore({ counters: client, reads: client }, state, around);
    for (let count = 0; count < 90; count += 1) await store.reserve(of, new Map(names.map((name) => [name, 99])));
    const brake = { rule: "listed", level: 1, trickles: true, sinceMs: noonMs, untilMs: noonMs + 600_000, why: "" };
    for (const provider of names.slice(0, 3)) await ledger.setBrake({ ...of, provider }, { ...brake, step: "slow" });
    const { ConsumedCapacity, Attributes: item = {} } = await client.send(
      new UpdateItemCommand({
        TableName: state,
        Key: tableKeys.allowances(of, group),
        UpdateExpression: "SET g0 = g0",
        ReturnConsumedCapacity: "TOTAL",
        ReturnValues: "ALL_NEW",
      }),
    );
    expect(Object.keys(item)).toHaveLength(2 + names.length + 16);
    expect(ConsumedCapacity?.CapacityUnits).toBe(1);
  },
);
