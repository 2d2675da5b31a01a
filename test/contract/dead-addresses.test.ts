import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { DynamoDeadAddresses } from "../../shared/adapters/dynamo/dead-addresses.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import type { DeadAddresses } from "../../shared/ports/dead-addresses.ts";
import { freshNames, noonMs } from "../support/builders.ts";
import { MemoryDeadAddresses } from "../support/fakes/memory-dead-addresses.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const noWait = async () => {};
const engines: [string, () => DeadAddresses][] = [
  ["in memory", () => new MemoryDeadAddresses()],
  ["in DynamoDB", () => new DynamoDeadAddresses(tables().client, tables().ledger, noWait)],
];
const newName = freshNames("ann");
const newAddress = () => `${newName()}@gmail.com`;
const many = (count: number) => Array.from({ length: count }, newAddress);

describe.each(engines)("dead addresses %s", (_, open) => {
  test("are told from addresses that nobody added", async () => {
    const [store, dead, living] = [open(), newAddress(), newAddress()];
    await store.add([dead], noonMs);
    expect(await store.among([living, dead], noonMs)).toEqual(new Set([dead]));
  });

  test("are the same in any casing, and come back as they were given", async () => {
    const [store, name] = [open(), newName()];
    await store.add([`${name}@Gmail.com`], noonMs);
    const asked = [`${name}@gmail.com`, `${name.toUpperCase()}@GMAIL.COM`];
    expect(await store.among(asked, noonMs)).toEqual(new Set(asked));
  });

  test("may be added again, and twice at once", async () => {
    const [store, dead] = [open(), newAddress()];
    await store.add([dead, dead.toUpperCase(), dead], noonMs);
    await store.add([dead], noonMs);
    expect(await store.among([dead, dead], noonMs)).toEqual(new Set([dead]));
  });

  test("none are added and none are asked for", async () => {
    const store = open();
    await store.add([], noonMs);
    expect(await store.among([], noonMs)).toEqual(new Set());
  });

  test("are kept for 180 days", async () => {
    const [store, dead] = [open(), newAddress()];
    await store.add([dead], noonMs);
    expect(await store.among([dead], noonMs + 180 * dayMs - 1_000)).toEqual(new Set([dead]));
  });

  test("count as absent once they have expired, although the store still has them", async () => {
    const [store, dead] = [open(), newAddress()];
    await store.add([dead], noonMs);
    expect(await store.among([dead], noonMs + 180 * dayMs + 1_000)).toEqual(new Set());
  });

  test("are kept for 180 days from the last time they were added", async () => {
    const [store, dead] = [open(), newAddress()];
    await store.add([dead], noonMs);
    await store.add([dead], noonMs + 100 * dayMs);
    expect(await store.among([dead], noonMs + 200 * dayMs)).toEqual(new Set([dead]));
  });

  test("may be more than one call of the store can carry", async () => {
    const [store, dead, living] = [open(), many(130), many(130)];
    await store.add(dead, noonMs);
    expect(await store.among([...living, ...dead], noonMs)).toEqual(new Set(dead));
  });
});

test("the table holds no address, in clear or in part", async () => {
  const { client, ledger } = tables();
  await new DynamoDeadAddresses(client, ledger, noWait).add(["Secret.Name@private.example"], noonMs);
  const { Items } = await client.send(new ScanCommand({ TableName: ledger }));
  expect(Items?.length).toBeGreaterThan(0);
  expect(JSON.stringify(Items)).not.toMatch(/secret|private|@/i);
});

describe("what DynamoDB leaves undone", () => {
  interface Request {
    readonly RequestItems: Record<string, unknown[] & { Keys?: unknown[] }>;
  }

  /** A store whose first calls carry out one item only and leave the rest undone. */
  function underLoad(calls: number): { store: DeadAddresses; count: () => number } {
    const { client } = tables().another();
    let count = 0;
    client.middlewareStack.add(
      (next) => async (call) => {
        count += 1;
        const [table, all] = Object.entries((call.input as Request).RequestItems)[0]!;
        const parts = all.Keys ?? all;
        if (count > calls || parts.length === 1) return next(call);
        const named = (some: unknown[]) => ({ [table]: all.Keys === undefined ? some : { Keys: some } });
        const { output, response } = await next({
          ...call,
          input: { RequestItems: named(parts.slice(0, 1)) } as never,
        });
        const rest = named(parts.slice(1));
        return { response, output: { ...output, UnprocessedItems: rest, UnprocessedKeys: rest } as never };
      },
      { step: "initialize" },
    );
    return { store: new DynamoDeadAddresses(client, tables().ledger, noWait), count: () => count };
  }

  test("is written in the next calls", async () => {
    const [{ store, count }, dead] = [underLoad(2), many(5)];
    await store.add(dead, noonMs);
    expect(count()).toBe(3);
    expect(await store.among(dead, noonMs)).toEqual(new Set(dead));
  });

  test("is read in the next calls", async () => {
    const [{ store, count }, dead] = [underLoad(2), many(5)];
    await new DynamoDeadAddresses(tables().client, tables().ledger, noWait).add(dead, noonMs);
    expect(await store.among(dead, noonMs)).toEqual(new Set(dead));
    expect(count()).toBe(3);
  });

  test("for too long is an error, of writing and of reading", async () => {
    const { store, count } = underLoad(99);
    await expect(store.add(many(9), noonMs)).rejects.toThrow("5 of 9 items were left undone");
    expect(count()).toBe(4);
    await expect(store.among(many(9), noonMs)).rejects.toThrow("5 of 9 items were left undone");
  });
});

test("a table that does not answer is an error, of writing and of reading", async () => {
  const store = new DynamoDeadAddresses(tables().client, "nowhere", noWait);
  await expect(store.add(many(1), noonMs)).rejects.toThrow();
  await expect(store.among(many(1), noonMs)).rejects.toThrow();
});
