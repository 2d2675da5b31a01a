import { describe, expect, test } from "vitest";
import { DynamoRampRecord } from "../../shared/adapters/dynamo/ramp-record.ts";
import type { RampRecord, RecordedDecision } from "../../shared/ports/ramp-record.ts";
import { freshNames, today } from "../support/builders.ts";
import { MemoryRampRecord } from "../support/fakes/memory-ramp-record.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => RampRecord][] = [
  ["in memory", () => new MemoryRampRecord()],
  ["in DynamoDB", () => new DynamoRampRecord(tables().client, tables().state)],
];
const newPool = freshNames("pool");

function aDecision(pool: string, changes: Partial<RecordedDecision> = {}): RecordedDecision {
  const decided = { allowance: 130, rule: "grow", why: "100 of 100 used; one step of 1.3" };
  return { pool, route: "warming", provider: "gmail", day: today, ...decided, ...changes };
}

describe.each(engines)("ramp record %s", (_, open) => {
  test("knows no day before the first ramp", async () => {
    expect(await open().rampedDay(newPool())).toBeUndefined();
  });

  test("keeps the last day each pool was ramped for", async () => {
    const [record, pool] = [open(), newPool()];
    await record.markRamped(pool, "2026-11-01");
    await record.markRamped(pool, today);
    await record.markRamped(newPool(), "2026-10-01");
    expect(await record.rampedDay(pool)).toBe(today);
  });

  test("keeps a decision with its rule and reason", async () => {
    const [record, pool] = [open(), newPool()];
    await record.keep(aDecision(pool));
    expect(await record.decisions(pool, today, today)).toEqual([aDecision(pool)]);
  });

  test("keeps the first decision for a day, and says so to whoever comes later", async () => {
    const [record, pool] = [open(), newPool()];
    expect(await record.keep(aDecision(pool))).toEqual(aDecision(pool));
    expect(await record.keep(aDecision(pool, { allowance: 100, rule: "hold-refused" }))).toEqual(aDecision(pool));
    expect(await record.decisions(pool, today, today)).toEqual([aDecision(pool)]);
  });

  test("keeps one decision for each provider and route", async () => {
    const [record, pool] = [open(), newPool()];
    await record.keep(aDecision(pool));
    await record.keep(aDecision(pool, { provider: "yahoo" }));
    await record.keep(aDecision(pool, { route: "established" }));
    expect(await record.decisions(pool, today, today)).toHaveLength(3);
  });

  test("lists decisions from one day to another, both included, in order of day", async () => {
    const [record, pool] = [open(), newPool()];
    for (const day of ["2026-11-04", "2026-11-01", "2026-11-03", "2026-11-02", "2026-10-31"]) {
      await record.keep(aDecision(pool, { day }));
    }
    const days = (await record.decisions(pool, "2026-11-01", "2026-11-03")).map(({ day }) => day);
    expect(days).toEqual(["2026-11-01", "2026-11-02", "2026-11-03"]);
  });

  test("one pool's decisions are not another's", async () => {
    const [record, pool] = [open(), newPool()];
    await record.keep(aDecision(`${pool}-2`));
    expect(await record.decisions(pool, today, today)).toEqual([]);
  });

  test("lists more decisions than one page of the store", async () => {
    const [record, pool] = [open(), newPool()];
    const why = "w".repeat(30_000);
    const providers = Array.from({ length: 60 }, (__, index) => `p${index}`);
    await Promise.all(providers.map((provider) => record.keep(aDecision(pool, { provider, why }))));
    expect(await record.decisions(pool, today, today)).toHaveLength(60);
  });
});
