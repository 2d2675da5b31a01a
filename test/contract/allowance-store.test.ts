import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoAllowanceStore } from "../../shared/adapters/dynamo/allowance-store.ts";
import { systemChance } from "../../shared/adapters/system-chance.ts";
import type { Allowance, AllowanceKey } from "../../shared/domain/sending/allowance.ts";
import type { AllowanceStore, Reservation } from "../../shared/ports/allowance-store.ts";
import { allowanceAt, freshNames, noonMs } from "../support/builders.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";
import { MemoryAllowances } from "../support/fakes/memory-allowances.ts";
import { reserveAt } from "../support/reserve.ts";
import { noWait, useTables } from "../support/tables.ts";

interface Opened {
  readonly store: AllowanceStore;
  /** Another instance of the function: what it has seen of an allowance is its own. */
  another(): AllowanceStore;
  grant(key: AllowanceKey, limit: number): Promise<unknown>;
  changeLimit(key: AllowanceKey, limit: number): Promise<unknown>;
  of(key: AllowanceKey): Promise<Allowance | undefined>;
}

const tables = useTables();

function inMemory(): Opened {
  const store = new MemoryAllowances();
  return {
    store,
    another: () => store,
    grant: async (key, limit) => store.grant(key, limit),
    changeLimit: (key, limit) => store.setLimit(key, limit),
    of: async (key) => store.of(key),
  };
}

const storeOf = (client: DynamoDBClient, table: string, clock: ManualClock) =>
  new DynamoAllowanceStore({ counters: client, reads: client }, table, {
    clock,
    chance: systemChance,
    wait: async () => {},
  });

function inDynamo(): Opened {
  const { client, state, another } = tables();
  const [engine, ledger, clock] = [
    another(),
    new DynamoAllowanceLedger(client, state, noWait),
    new ManualClock(noonMs),
  ];
  return {
    store: storeOf(engine.client, state, clock),
    another: () => storeOf(another().client, state, clock),
    grant: (key, limit) => ledger.open(key, limit),
    changeLimit: (key, limit) => ledger.setLimit(key, limit),
    of: async (key) => (await ledger.read([key]))[0]?.allowance,
  };
}

const newPool = freshNames("pool");
const newKey = () => allowanceAt("gmail", "warming", newPool());
const granted = (reservations: readonly Reservation[]) =>
  reservations.reduce((sum, each) => sum + (each.kind === "granted" ? each.recipients : 0), 0);

describe.each([
  ["in memory", inMemory],
  ["in DynamoDB", inDynamo],
])("allowance store %s", (_, open) => {
  test("grants what is asked for while there is room", async () => {
    const [{ store, grant, of }, key] = [open(), newKey()];
    await grant(key, 10);
    expect(await reserveAt(store, key, 4)).toEqual({ kind: "granted", recipients: 4, epoch: 1 });
    expect(await of(key)).toEqual({ limit: 10, used: 4, epoch: 1 });
  });

  test("grants what is left when less is left than asked for", async () => {
    const [{ store, grant }, key] = [open(), newKey()];
    await grant(key, 10);
    await reserveAt(store, key, 7);
    expect(await reserveAt(store, key, 7)).toMatchObject({ kind: "granted", recipients: 3 });
  });

  test("grants nothing once the allowance is spent", async () => {
    const [{ store, grant }, key] = [open(), newKey()];
    await grant(key, 1);
    await reserveAt(store, key, 1);
    expect(await reserveAt(store, key, 1)).toEqual({ kind: "none", because: "spent" });
  });

  test("without an allowance for the day grants nothing: it is never unlimited", async () => {
    const [{ store, grant }, key] = [open(), newKey()];
    await grant({ ...key, day: "2026-11-01" }, 10);
    expect(await reserveAt(store, key, 1)).toEqual({ kind: "none", because: "no-allowance" });
  });

  test("ten takers at once, an allowance of two: two are granted", async () => {
    const [{ store, grant, of }, key] = [open(), newKey()];
    await grant(key, 2);
    const taken = await Promise.all(Array.from({ length: 10 }, () => reserveAt(store, key, 1)));
    expect(taken.filter(({ kind }) => kind === "granted")).toHaveLength(2);
    expect(await of(key)).toMatchObject({ used: 2 });
  });

  test("32 instances at once use an allowance exactly, never over", async () => {
    const [{ another, grant, of }, key] = [open(), newKey()];
    await grant(key, 100);
    const taken = await Promise.all(
      Array.from({ length: 32 }, async (__, index) => {
        const store = another();
        return [await reserveAt(store, key, 1 + (index % 5)), await reserveAt(store, key, 3)];
      }),
    );
    expect(granted(taken.flat())).toBe(100);
    expect(await of(key)).toMatchObject({ used: 100 });
  });

  test("what an instance believes of an allowance grants nothing that others took", async () => {
    const [{ store, another, grant, of }, key] = [open(), newKey()];
    await grant(key, 10);
    await reserveAt(store, key, 1);
    await reserveAt(another(), key, 9);
    expect(await reserveAt(store, key, 5)).toEqual({ kind: "none", because: "spent" });
    expect(await of(key)).toMatchObject({ used: 10 });
  });

  test("release gives back what was not used, for the next to take", async () => {
    const [{ store, grant }, key] = [open(), newKey()];
    await grant(key, 5);
    await reserveAt(store, key, 5);
    await store.release(key, 2, 1);
    expect(await reserveAt(store, key, 5)).toMatchObject({ recipients: 2 });
  });

  test("release gives back under a limit that was changed meanwhile", async () => {
    const [{ store, grant, changeLimit, of }, key] = [open(), newKey()];
    await grant(key, 5);
    await reserveAt(store, key, 5);
    await changeLimit(key, 8);
    await store.release(key, 2, 1);
    expect(await of(key)).toEqual({ limit: 8, used: 3, epoch: 2 });
  });

  test("release gives back what was taken when nobody knows any more under which limit", async () => {
    const [{ store, grant, of }, key] = [open(), newKey()];
    await grant(key, 5);
    await reserveAt(store, key, 5);
    await store.release(key, 2, undefined);
    expect(await of(key)).toMatchObject({ used: 3 });
  });

  test("release never makes more room than the limit", async () => {
    const [{ store, grant, of }, key] = [open(), newKey()];
    await grant(key, 5);
    await reserveAt(store, key, 1);
    await store.release(key, 2, 1);
    expect(await of(key)).toMatchObject({ used: 1 });
  });

  test("a limit lowered between two reservations is seen by the second", async () => {
    const [{ store, grant, changeLimit, of }, key] = [open(), newKey()];
    await grant(key, 100);
    await reserveAt(store, key, 10);
    await changeLimit(key, 12);
    expect(await reserveAt(store, key, 10)).toEqual({ kind: "granted", recipients: 2, epoch: 2, short: "spent" });
    expect(await of(key)).toMatchObject({ used: 12 });
  });

  test("a limit lowered below what is used grants nothing", async () => {
    const [{ store, grant, changeLimit }, key] = [open(), newKey()];
    await grant(key, 100);
    await reserveAt(store, key, 50);
    await changeLimit(key, 20);
    expect(await reserveAt(store, key, 1)).toEqual({ kind: "none", because: "spent" });
  });

  test("a raised limit is seen by an instance that still had room", async () => {
    const [{ store, grant, changeLimit }, key] = [open(), newKey()];
    await grant(key, 5);
    await reserveAt(store, key, 4);
    await changeLimit(key, 50);
    await reserveAt(store, key, 1);
    expect(await reserveAt(store, key, 10)).toMatchObject({ kind: "granted", recipients: 10, epoch: 2 });
  });

  test("routes, providers, pools and days have allowances of their own", async () => {
    const [{ store, grant }, key] = [open(), newKey()];
    await grant(key, 5);
    const others: AllowanceKey[] = [
      { ...key, route: "established" },
      { ...key, provider: "yahoo" },
      { ...key, pool: `${key.pool}-2` },
      { ...key, day: "2026-11-03" },
    ];
    for (const other of others) expect(await reserveAt(store, other, 1)).toMatchObject({ because: "no-allowance" });
  });
});

describe("what an instance believes", () => {
  test("`no allowance` is believed for ten seconds, then read again", async () => {
    const [{ client, state }, key, clock] = [tables(), newKey(), new ManualClock(noonMs)];
    const store = storeOf(client, state, clock);
    await reserveAt(store, key, 1);
    await new DynamoAllowanceLedger(client, state, noWait).open(key, 5);
    clock.advance(9_999);
    expect(await reserveAt(store, key, 1)).toMatchObject({ because: "no-allowance" });
    clock.advance(1);
    expect(await reserveAt(store, key, 1)).toMatchObject({ kind: "granted" });
  });
});

test.each(["before the brake", "nobody knows when"])("what was taken %s opens nothing under it", async (taken) => {
  const { client, state } = tables();
  const [store, ledger, key] = [
    storeOf(client, state, new ManualClock(noonMs)),
    new DynamoAllowanceLedger(client, state, noWait),
    newKey(),
  ];
  await ledger.open(key, 100);
  const reserved = await reserveAt(store, key, 10);
  await ledger.setBrake(key, {
    step: "stop",
    rule: "listed",
    level: 1,
    trickles: false,
    sinceMs: noonMs,
    untilMs: noonMs + 3_600_000,
    why: "",
  });
  const epoch = reserved.kind === "granted" ? reserved.epoch : 0;
  await store.release(key, 4, taken === "before the brake" ? epoch : undefined);
  expect((await ledger.read([key]))[0]?.allowance).toMatchObject({ used: 6, brake: { floor: 6 } });
  expect(await reserveAt(store, key, 1)).toEqual({ kind: "none", because: "braked" });
});
