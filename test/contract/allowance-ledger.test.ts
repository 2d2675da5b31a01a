import { describe, expect, test } from "vitest";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import type { AllowanceKey } from "../../shared/domain/sending/allowance.ts";
import type { AllowanceLedger } from "../../shared/ports/allowance-ledger.ts";
import { allowanceAt, freshNames } from "../support/builders.ts";
import { MemoryAllowances } from "../support/fakes/memory-allowances.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const ledgers: [string, () => AllowanceLedger][] = [
  ["in memory", () => new MemoryAllowances()],
  ["in DynamoDB", () => new DynamoAllowanceLedger(tables().client, tables().state)],
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
