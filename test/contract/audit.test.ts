import { describe, expect, test } from "vitest";
import { DynamoAudit } from "../../shared/adapters/dynamo/audit.ts";
import type { Audit, AuditEntry } from "../../shared/ports/audit.ts";
import { freshNames, noonMs } from "../support/builders.ts";
import { MemoryAudit } from "../support/fakes/memory-audit.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => Audit][] = [
  ["in memory", () => new MemoryAudit()],
  ["in DynamoDB", () => new DynamoAudit(tables().client, tables().state)],
];
const newPool = freshNames("pool");

function anEntry(pool: string, changes: Partial<AuditEntry> = {}): AuditEntry {
  return { atMs: noonMs, by: "operator", pool, action: "pause", says: `pool ${pool} is paused`, ...changes };
}

describe.each(engines)("audit %s", (_, open) => {
  test("of a pool without any is empty", async () => {
    expect(await open().latest(newPool(), 10)).toEqual([]);
  });

  test("keeps who did what, where, when and why", async () => {
    const [audit, pool] = [open(), newPool()];
    const entry = anEntry(pool, { provider: "gmail", ip: "192.0.2.1", says: "asked for by an operator: »why«" });
    await audit.keep(entry);
    expect(await audit.latest(pool, 10)).toEqual([entry]);
  });

  test("lists the newest first, and no more than asked for", async () => {
    const [audit, pool] = [open(), newPool()];
    for (const later of [3, 1, 4, 2, 0]) await audit.keep(anEntry(pool, { atMs: noonMs + later }));
    const latest = await audit.latest(pool, 3);
    expect(latest.map(({ atMs }) => atMs - noonMs)).toEqual([4, 3, 2]);
  });

  test("lists what one did, however much others did since", async () => {
    const [audit, pool] = [open(), newPool()];
    for (const later of [0, 1, 2]) await audit.keep(anEntry(pool, { atMs: noonMs + later }));
    for (const later of [3, 4, 5, 6]) await audit.keep(anEntry(pool, { atMs: noonMs + later, by: "ramp" }));
    const ofOperator = await audit.latest(pool, 2, "operator");
    expect(ofOperator.map(({ atMs }) => atMs - noonMs)).toEqual([2, 1]);
    expect(await audit.latest(pool, 2, "guard")).toEqual([]);
  });

  test("keeps actions, providers and IPs of one moment apart", async () => {
    const [audit, pool] = [open(), newPool()];
    const entries = [{}, { provider: "gmail" }, { provider: "yahoo" }, { ip: "192.0.2.1" }, { action: "graduated" }];
    for (const changes of entries) await audit.keep(anEntry(pool, changes));
    expect(await audit.latest(pool, 10)).toHaveLength(5);
  });

  test("keeps what is told twice once", async () => {
    const [audit, pool] = [open(), newPool()];
    await audit.keep(anEntry(pool));
    await audit.keep(anEntry(pool));
    expect(await audit.latest(pool, 10)).toEqual([anEntry(pool)]);
  });

  test("of one pool is not another's", async () => {
    const [audit, pool] = [open(), newPool()];
    await audit.keep(anEntry(`${pool}-2`));
    expect(await audit.latest(pool, 10)).toEqual([]);
  });
});
