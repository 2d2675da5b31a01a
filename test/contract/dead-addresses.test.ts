import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { DynamoDeadAddresses } from "../../shared/adapters/dynamo/dead-addresses.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import type { DeadAddresses } from "../../shared/ports/dead-addresses.ts";
import { freshNames, noonMs } from "../support/builders.ts";
import { MemoryDeadAddresses } from "../support/fakes/memory-dead-addresses.ts";
import { noWait, useTables } from "../support/tables.ts";

const tables = useTables();
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

test("a table that does not answer is an error, of writing and of reading", async () => {
  const store = new DynamoDeadAddresses(tables().client, "nowhere", noWait);
  await expect(store.add(many(1), noonMs)).rejects.toThrow();
  await expect(store.among(many(1), noonMs)).rejects.toThrow();
});
