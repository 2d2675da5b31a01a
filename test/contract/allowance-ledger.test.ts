import { describe, expect, test } from "vitest";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoAllowanceStore } from "../../shared/adapters/dynamo/allowance-store.ts";
import { systemChance } from "../../shared/adapters/system-chance.ts";
import type { Brake } from "../../shared/domain/brakes/brake.ts";
import type { AllowanceKey } from "../../shared/domain/sending/allowance.ts";
import type { AllowanceLedger } from "../../shared/ports/allowance-ledger.ts";
import type { AllowanceStore } from "../../shared/ports/allowance-store.ts";
import { allowanceAt, freshNames, noonMs } from "../support/builders.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";
import { MemoryAllowances } from "../support/fakes/memory-allowances.ts";
import { reserveAt } from "../support/reserve.ts";
import { noWait, useTables } from "../support/tables.ts";

const tables = useTables();
const ledgers: [string, () => AllowanceLedger][] = [
  ["in memory", () => new MemoryAllowances()],
  ["in DynamoDB", () => new DynamoAllowanceLedger(tables().client, tables().state, noWait)],
];
/** A ledger, and the send path over the same allowances. */
const pairs: [string, () => { ledger: AllowanceLedger; store: AllowanceStore }][] = [
  [
    "in memory",
    () => {
      const allowances = new MemoryAllowances();
      allowances.nowMs = noonMs;
      return { ledger: allowances, store: allowances };
    },
  ],
  [
    "in DynamoDB",
    () => {
      const { client, state } = tables();
      const store = new DynamoAllowanceStore({ counters: client, reads: client }, state, {
        clock: new ManualClock(noonMs),
        chance: systemChance,
        wait: async () => {},
      });
      return { ledger: new DynamoAllowanceLedger(client, state, noWait), store };
    },
  ],
];
const newPool = freshNames("pool");

describe.each(ledgers)("allowance ledger %s", (_, open) => {
  test("opens a day with its limit and nothing used", async () => {
    const [ledger, key] = [open(), allowanceAt("gmail", "warming", newPool())];
    expect(await ledger.open(key, 50)).toBe(true);
    expect(await ledger.read([key])).toEqual([{ key, allowance: { limit: 50, used: 0, epoch: 1 } }]);
  });

  test("a day that is open already stays as it is", async () => {
    const [ledger, key] = [open(), allowanceAt("gmail", "warming", newPool())];
    await ledger.open(key, 50);
    expect(await ledger.open(key, 70)).toBe(false);
    expect(await ledger.read([key])).toMatchObject([{ allowance: { limit: 50 } }]);
  });

  test("leaves out allowances that do not exist", async () => {
    const [ledger, pool] = [open(), newPool()];
    const [gmail, yahoo] = [allowanceAt("gmail", "warming", pool), allowanceAt("yahoo", "warming", pool)];
    await ledger.open(yahoo, 5);
    expect((await ledger.read([gmail, yahoo])).map(({ key }) => key)).toEqual([yahoo]);
  });

  test("reads nothing when asked for nothing", async () => {
    expect(await open().read([])).toEqual([]);
  });

  test("reads more than one call of the store can carry", async () => {
    const [ledger, pool] = [open(), newPool()];
    const keys = Array.from({ length: 130 }, (__, index): AllowanceKey => allowanceAt(`p${index}`, "warming", pool));
    await Promise.all(keys.map((key, index) => ledger.open(key, index)));
    const limits = (await ledger.read(keys)).map(({ allowance }) => allowance.limit);
    expect(limits.toSorted((one, other) => one - other)).toEqual(keys.map((__, index) => index));
  });
});

describe.each(pairs)("another limit for an open day %s", (_, open) => {
  const newKey = () => allowanceAt("gmail", "warming", newPool());

  test("leaves what is used as it is, and begins a new epoch", async () => {
    const [{ ledger, store }, key] = [open(), newKey()];
    await ledger.open(key, 50);
    await reserveAt(store, key, 20);
    await ledger.setLimit(key, 30);
    expect(await ledger.read([key])).toEqual([{ key, allowance: { limit: 30, used: 20, epoch: 2 } }]);
  });

  test("is what the next reservation gets, whatever its caller saw before", async () => {
    const [{ ledger, store }, key] = [open(), newKey()];
    await ledger.open(key, 50);
    await reserveAt(store, key, 20);
    await ledger.setLimit(key, 25);
    expect(await reserveAt(store, key, 20)).toEqual({ kind: "granted", recipients: 5, epoch: 2, short: "spent" });
    expect(await reserveAt(store, key, 1)).toEqual({ kind: "none", because: "spent" });
  });

  test("below what is used gives nothing", async () => {
    const [{ ledger, store }, key] = [open(), newKey()];
    await ledger.open(key, 50);
    await reserveAt(store, key, 20);
    await ledger.setLimit(key, 0);
    expect(await reserveAt(store, key, 1)).toEqual({ kind: "none", because: "no-allowance" });
  });

  test("takes back what a reservation of the old epoch did not use", async () => {
    const [{ ledger, store }, key] = [open(), newKey()];
    await ledger.open(key, 50);
    await reserveAt(store, key, 20);
    await ledger.setLimit(key, 30);
    await store.release(key, 5, 1);
    expect(await ledger.read([key])).toMatchObject([{ allowance: { limit: 30, used: 15 } }]);
  });

  test("may be higher again, and rises an epoch each time", async () => {
    const [{ ledger, store }, key] = [open(), newKey()];
    await ledger.open(key, 10);
    for (const limit of [0, 10, 12]) await ledger.setLimit(key, limit);
    expect(await reserveAt(store, key, 99)).toEqual({ kind: "granted", recipients: 12, epoch: 4, short: "spent" });
  });

  test("does not open the day a second time", async () => {
    const [{ ledger }, key] = [open(), newKey()];
    await ledger.open(key, 10);
    await ledger.setLimit(key, 3);
    expect(await ledger.open(key, 10)).toBe(false);
    expect(await ledger.read([key])).toMatchObject([{ allowance: { limit: 3 } }]);
  });

  test("opens no day that is not open", async () => {
    const [{ ledger }, key] = [open(), newKey()];
    await ledger.setLimit(key, 3);
    expect(await ledger.read([key])).toEqual([]);
    expect(await ledger.open(key, 10)).toBe(true);
  });

  test("of one provider, route or day leaves the others alone", async () => {
    const [{ ledger }, key] = [open(), newKey()];
    const others = [
      { ...key, provider: "yahoo" },
      { ...key, route: "established" as const },
      { ...key, day: "2026-11-03" },
    ];
    for (const each of [key, ...others]) await ledger.open(each, 10);
    await ledger.setLimit(key, 3);
    const limits = (await ledger.read(others)).map(({ allowance }) => allowance.limit);
    expect(limits).toEqual([10, 10, 10]);
  });
});

const stop: Brake = {
  step: "stop",
  rule: "listed",
  level: 1,
  trickles: false,
  sinceMs: noonMs - 600_000,
  untilMs: noonMs + 3_600_000,
  why: "1 of 7 answers",
};

describe.each(pairs)("a brake on an allowance %s", (_, open) => {
  test("is in force for the next reservation, also of an instance that saw the room before", async () => {
    const [{ ledger, store }, key] = [open(), allowanceAt("gmail", "warming", newPool())];
    await ledger.open(key, 50);
    expect(await reserveAt(store, key, 10)).toMatchObject({ kind: "granted", recipients: 10 });
    expect(await ledger.setBrake(key, stop)).toBe(true);
    expect(await reserveAt(store, key, 10)).toEqual({ kind: "none", because: "braked" });
    expect(await ledger.read([key])).toMatchObject([
      { allowance: { limit: 50, used: 10, brake: { step: "stop", floor: 10 } } },
    ]);
  });

  test("that is over holds nothing back", async () => {
    const [{ ledger, store }, key] = [open(), allowanceAt("gmail", "warming", newPool())];
    await ledger.open(key, 50);
    await ledger.setBrake(key, { ...stop, step: "slow", untilMs: noonMs });
    expect(await reserveAt(store, key, 30)).toMatchObject({ kind: "granted", recipients: 30 });
  });

  test("the same again changes nothing; a harder one takes its place from what is used by then", async () => {
    const [{ ledger, store }, key] = [open(), allowanceAt("gmail", "warming", newPool())];
    await ledger.open(key, 100);
    await ledger.setBrake(key, { ...stop, step: "slow", trickles: true });
    expect(await ledger.setBrake(key, { ...stop, step: "slow", trickles: true })).toBe(false);
    expect(await ledger.read([key])).toMatchObject([{ allowance: { epoch: 2 } }]);
    expect(await reserveAt(store, key, 10)).toEqual({ kind: "none", because: "braked" });
    expect(await ledger.setBrake(key, stop)).toBe(true);
    expect(await ledger.read([key])).toMatchObject([{ allowance: { epoch: 3, brake: { step: "stop" } } }]);
  });

  test("stays when the limit changes", async () => {
    const [{ ledger, store }, key] = [open(), allowanceAt("gmail", "warming", newPool())];
    await ledger.open(key, 50);
    await ledger.setBrake(key, stop);
    await ledger.setLimit(key, 40);
    expect(await reserveAt(store, key, 10)).toEqual({ kind: "none", because: "braked" });
  });

  test("goes on into a day that is opened with it", async () => {
    const [{ ledger, store }, key] = [open(), allowanceAt("gmail", "warming", newPool())];
    await ledger.open(key, 50, { brake: stop });
    expect(await reserveAt(store, key, 10)).toEqual({ kind: "none", because: "braked" });
  });

  test("is not put on a day that is not open", async () => {
    const [{ ledger }, key] = [open(), allowanceAt("gmail", "warming", newPool())];
    expect(await ledger.setBrake(key, stop)).toBe(false);
    expect(await ledger.read([key])).toEqual([]);
  });
});
