import { describe, expect, test } from "vitest";
import { DynamoBrakes } from "../../shared/adapters/dynamo/brake-record.ts";
import type { Brake } from "../../shared/domain/brakes/brake.ts";
import type { Brakes } from "../../shared/ports/brakes.ts";
import { freshNames, noonMs } from "../support/builders.ts";
import { MemoryBrakes } from "../support/fakes/memory-brakes.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => Brakes][] = [
  ["in memory", () => new MemoryBrakes()],
  ["in DynamoDB", () => new DynamoBrakes(tables().client, tables().state)],
];
const newPool = freshNames("pool");
const at = (pool: string, provider = "gmail") => ({ pool, provider, route: "warming" }) as const;
const stop: Brake = {
  step: "stop",
  rule: "listed",
  level: 2,
  trickles: false,
  sinceMs: noonMs,
  untilMs: noonMs + 3_600_000,
  why: "1 of 7 answers",
};

describe.each(engines)("brakes %s", (_, open) => {
  test("keeps a brake, and says which it takes the place of", async () => {
    const [brakes, key] = [open(), at(newPool())];
    expect(await brakes.keep(key, { ...stop, step: "slow" })).toBeUndefined();
    expect(await brakes.keep(key, stop)).toMatchObject({ step: "slow" });
    expect(await brakes.read(key.pool)).toEqual([{ key, brake: stop, endTold: false }]);
  });

  test("the same brake again is the same, whatever its words", async () => {
    const [brakes, key] = [open(), at(newPool())];
    await brakes.keep(key, stop);
    expect(await brakes.keep(key, { ...stop, why: "2 of 9 answers" })).toBe("same");
  });

  test("tells an end once", async () => {
    const [brakes, key] = [open(), at(newPool())];
    await brakes.keep(key, stop);
    expect(await brakes.tellEnd(key, stop)).toBe(true);
    expect(await brakes.tellEnd(key, stop)).toBe(false);
    expect(await brakes.read(key.pool)).toMatchObject([{ endTold: true }]);
  });

  test("does not tell the end of a brake that gave way to another, and tells the other's", async () => {
    const [brakes, key] = [open(), at(newPool())];
    const longer = { ...stop, untilMs: stop.untilMs + 1 };
    await brakes.keep(key, stop);
    await brakes.tellEnd(key, stop);
    await brakes.keep(key, longer);
    expect(await brakes.tellEnd(key, stop)).toBe(false);
    expect(await brakes.tellEnd(key, longer)).toBe(true);
  });

  test("keeps providers, routes and pools apart", async () => {
    const [brakes, pool] = [open(), newPool()];
    const keys = [at(pool), at(pool, "yahoo"), { ...at(pool), route: "established" } as const];
    for (const key of keys) await brakes.keep(key, stop);
    await brakes.keep(at(newPool()), stop);
    expect((await brakes.read(pool)).map(({ key }) => key)).toEqual(expect.arrayContaining(keys));
    expect(await brakes.read(pool)).toHaveLength(3);
  });
});
