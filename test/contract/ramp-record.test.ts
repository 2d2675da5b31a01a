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
  test("has no mark before the first ramp", async () => {
    expect(await open().mark(newPool())).toBeUndefined();
  });

  test("keeps each pool's last mark: day, IPs and version of the life cycle", async () => {
    const [record, pool] = [open(), newPool()];
    await record.setMark(pool, { day: "2026-11-01", ips: 3, version: 7 });
    await record.setMark(pool, { day: today, ips: 0, version: 9 });
    await record.setMark(newPool(), { day: "2026-10-01", ips: 1, version: 0 });
    expect(await record.mark(pool)).toEqual({ day: today, ips: 0, version: 9 });
  });

  test("puts another decision in the place of the one on record, and keeps that one from then on", async () => {
    const [record, pool] = [open(), newPool()];
    const cut = aDecision(pool, { allowance: 70, rule: "cut-refused", why: "30 of 100 refused" });
    await record.keep(aDecision(pool));
    await record.replace(cut);
    expect(await record.decisions(pool, today, today)).toEqual([cut]);
    expect(await record.keep(aDecision(pool))).toEqual(cut);
  });

  test("replaces one provider's decision on one route only", async () => {
    const [record, pool] = [open(), newPool()];
    const others = [aDecision(pool, { provider: "yahoo" }), aDecision(pool, { route: "established" })];
    for (const decision of [aDecision(pool), ...others]) await record.keep(decision);
    await record.replace(aDecision(pool, { allowance: 0, rule: "paused" }));
    const decisions = await record.decisions(pool, today, today);
    expect(decisions.map(({ allowance }) => allowance).toSorted()).toEqual([0, 130, 130]);
  });

  test("keeps a decision with its rule and reason", async () => {
    const [record, pool] = [open(), newPool()];
    await record.keep(aDecision(pool));
    expect(await record.decisions(pool, today, today)).toEqual([aDecision(pool)]);
  });

  test("keeps the first decision for a day, and says so to whoever comes later", async () => {
    const [record, pool] = [open(), newPool()];
    expect(await record.keep(aDecision(pool))).toEqual(aDecision(pool));
    expect(await record.keep(aDecision(pool, { allowance: 100, rule: "refused" }))).toEqual(aDecision(pool));
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
