import { describe, expect, test } from "vitest";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import type { OutcomeStore } from "../../shared/ports/outcome-counts.ts";
import { freshNames, today } from "../support/builders.ts";
import { MemoryOutcomes } from "../support/fakes/memory-outcomes.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => OutcomeStore][] = [
  ["in memory", () => new MemoryOutcomes()],
  ["in DynamoDB", () => new DynamoOutcomeStore(tables().client, tables().state)],
];
const newPool = freshNames("pool");
const nothing = { accepted: 0, delivered: 0, deferred: 0, blocked: 0, bounced: 0, complained: 0 };
const at = (pool: string) => ({ pool, route: "warming", provider: "gmail", day: today }) as const;

describe.each(engines)("outcome store %s", (_, open) => {
  test("keeps all six counts", async () => {
    const [store, key] = [open(), at(newPool())];
    const counts = { accepted: 1, delivered: 2, deferred: 3, blocked: 4, bounced: 5, complained: 6 };
    await store.add(key, counts);
    expect(await store.read(key.pool, today)).toEqual([{ key, counts }]);
  });

  test.each(["accepted", "delivered", "deferred", "blocked", "bounced", "complained"] as const)(
    "adds %s alone",
    async (outcome) => {
      const [store, key] = [open(), at(newPool())];
      await store.add(key, { [outcome]: 2 });
      await store.add(key, { [outcome]: 3 });
      expect(await store.read(key.pool, today)).toEqual([{ key, counts: { ...nothing, [outcome]: 5 } }]);
    },
  );

  test("adders at once lose nothing", async () => {
    const [store, key] = [open(), at(newPool())];
    await Promise.all(Array.from({ length: 20 }, () => store.add(key, { delivered: 1 })));
    expect(await store.read(key.pool, today)).toMatchObject([{ counts: { delivered: 20 } }]);
  });

  test("reads every route and provider of a pool's day", async () => {
    const [store, pool] = [open(), newPool()];
    const keys = (["warming", "established", "shared"] as const).flatMap((route) =>
      ["gmail", "other"].map((provider) => ({ ...at(pool), route, provider })),
    );
    for (const key of keys) await store.add(key, { accepted: 1 });
    const found = (await store.read(pool, today)).map(({ key }) => key);
    expect(found).toHaveLength(keys.length);
    expect(found).toEqual(expect.arrayContaining(keys));
  });

  test("other pools and days are apart", async () => {
    const [store, pool] = [open(), newPool()];
    await store.add(at(newPool()), { accepted: 1 });
    await store.add({ ...at(pool), day: "2026-11-03" }, { accepted: 1 });
    expect(await store.read(pool, today)).toEqual([]);
  });
});
