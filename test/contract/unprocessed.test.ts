import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoDeadAddresses } from "../../shared/adapters/dynamo/dead-addresses.ts";
import type { Wait } from "../../shared/ports/wait.ts";
import { allowanceAt, freshNames, noonMs } from "../support/builders.ts";
import { noWait, useTables } from "../support/tables.ts";

const tables = useTables();
const newName = freshNames("undone");
const newNames = (count: number) => Array.from({ length: count }, newName);

interface Around {
  readonly client: DynamoDBClient;
  readonly wait: Wait;
}

interface Request {
  readonly RequestItems: Record<string, unknown[] & { Keys?: unknown[] }>;
}

/** A client whose first batch calls carry out one item only and leave the rest undone; and what an adapter waited. */
function underLoad(calls: number) {
  const { client } = tables().another();
  const waitedMs: number[] = [];
  let count = 0;
  client.middlewareStack.add(
    (next) => async (call) => {
      count += 1;
      const [table, all] = Object.entries((call.input as Request).RequestItems)[0]!;
      const parts = all.Keys ?? all;
      if (count > calls || parts.length === 1) return next(call);
      const named = (some: unknown[]) => ({ [table]: all.Keys === undefined ? some : { ...all, Keys: some } });
      const { output, response } = await next({ ...call, input: { RequestItems: named(parts.slice(0, 1)) } as never });
      const rest = named(parts.slice(1));
      return { response, output: { ...output, UnprocessedItems: rest, UnprocessedKeys: rest } as never };
    },
    { step: "initialize" },
  );
  const wait: Wait = async (ms) => {
    waitedMs.push(ms);
  };
  return { client, wait, waitedMs, count: () => count };
}

describe("what DynamoDB leaves undone", () => {
  const dead = () => newNames(5).map((name) => `${name}@gmail.com`);
  const keys = () => newNames(5).map((pool) => allowanceAt("gmail", "warming", pool));
  const store = ({ client, wait }: Around) => new DynamoDeadAddresses(client, tables().ledger, wait);
  const ledger = ({ client, wait }: Around) => new DynamoAllowanceLedger(client, tables().state, wait);
  const calm = () => ({ client: tables().client, wait: noWait });

  test("is written in the next calls, each after a longer wait", async () => {
    const [load, addresses] = [underLoad(2), dead()];
    await store(load).add(addresses, noonMs);
    expect(load.count()).toBe(3);
    expect(load.waitedMs[0]).toBeGreaterThan(0);
    expect(load.waitedMs[1]).toBeGreaterThan(load.waitedMs[0]!);
    expect(await store(calm()).among(addresses, noonMs)).toEqual(new Set(addresses));
  });

  test("is read in the next calls: dead addresses", async () => {
    const [load, addresses] = [underLoad(2), dead()];
    await store(calm()).add(addresses, noonMs);
    expect(await store(load).among(addresses, noonMs)).toEqual(new Set(addresses));
    expect([load.count(), load.waitedMs.length]).toEqual([3, 2]);
  });

  test("is read in the next calls: allowances", async () => {
    const [load, opened] = [underLoad(2), keys()];
    for (const key of opened) await ledger(calm()).open(key, 50);
    expect(await ledger(load).read(opened)).toHaveLength(5);
    expect([load.count(), load.waitedMs.length]).toEqual([3, 2]);
  });

  test("for too long is an error, of writing and of reading: nobody asks for ever", async () => {
    const load = underLoad(99);
    const addresses = dead();
    await expect(store(load).add(addresses, noonMs)).rejects.toThrow("1 of 5 items undone");
    await expect(store(load).among(addresses, noonMs)).rejects.toThrow("1 of 5 items undone");
    await expect(ledger(load).read(keys())).rejects.toThrow("1 of 5 items undone");
    expect(load.count()).toBe(12);
  });
});
