import { describe, expect, test } from "vitest";
import { DynamoLifeCycles } from "../../shared/adapters/dynamo/life-cycles.ts";
import { type LifeCycle, newLifeCycle } from "../../shared/domain/warm-up/life-cycle.ts";
import type { LifeCycles } from "../../shared/ports/life-cycles.ts";
import { aLifeCycle, freshNames, today } from "../support/builders.ts";
import { MemoryLifeCycles } from "../support/fakes/memory-life-cycles.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => LifeCycles][] = [
  ["in memory", () => new MemoryLifeCycles()],
  ["in DynamoDB", () => new DynamoLifeCycles(tables().client, tables().state)],
];
const newPool = freshNames("pool");

describe.each(engines)("life cycles %s", (_, open) => {
  test("a pool that nothing is stored of is idle, in version 0", async () => {
    const pool = newPool();
    expect(await open().read(pool)).toEqual(newLifeCycle(pool));
  });

  test("keep everything, in the next version", async () => {
    const [lifeCycles, pool] = [open(), newPool()];
    const full: LifeCycle = aLifeCycle({
      pool,
      phase: "warming",
      paused: true,
      disabled: true,
      since: today,
      providers: { gmail: { paused: true }, yahoo: { paused: false, graduatedOn: today, since: "2026-10-01" } },
      ips: [{ ip: "192.0.2.1", sesPool: `${pool}-warming`, percentage: -1, since: today }],
      recall: ["*", "192.0.2.7"],
      holds: [{ code: "auto-warm-up", sentence: "SES warms up too: switch it off", since: today }],
    });
    expect(await lifeCycles.write(full)).toBe(true);
    expect(await lifeCycles.read(pool)).toEqual({ ...full, version: 1 });
  });

  test("rise by one version with each change", async () => {
    const [lifeCycles, pool] = [open(), newPool()];
    for (const paused of [true, false, true]) {
      expect(await lifeCycles.write({ ...(await lifeCycles.read(pool)), paused })).toBe(true);
    }
    expect(await lifeCycles.read(pool)).toMatchObject({ paused: true, version: 3 });
  });

  test("of two who changed the same version, the first wins and the other is told", async () => {
    const [lifeCycles, pool] = [open(), newPool()];
    await lifeCycles.write(aLifeCycle({ pool }));
    const seen = await lifeCycles.read(pool);
    expect(await lifeCycles.write({ ...seen, paused: true })).toBe(true);
    expect(await lifeCycles.write({ ...seen, disabled: true })).toBe(false);
    expect(await lifeCycles.read(pool)).toMatchObject({ paused: true, disabled: false, version: 2 });
  });

  test("of ten who write the first version at once, one wins", async () => {
    const [lifeCycles, pool] = [open(), newPool()];
    const writes = Array.from({ length: 10 }, () => lifeCycles.write(aLifeCycle({ pool })));
    expect((await Promise.all(writes)).filter(Boolean)).toHaveLength(1);
    expect(await lifeCycles.read(pool)).toMatchObject({ version: 1 });
  });

  test("refuse a version that nobody has written yet", async () => {
    const [lifeCycles, pool] = [open(), newPool()];
    await lifeCycles.write(aLifeCycle({ pool }));
    expect(await lifeCycles.write(aLifeCycle({ pool, version: 5 }))).toBe(false);
  });

  test("of one pool are not another's", async () => {
    const [lifeCycles, pool] = [open(), newPool()];
    await lifeCycles.write(aLifeCycle({ pool, paused: true }));
    expect(await lifeCycles.read(newPool())).toMatchObject({ paused: false, version: 0 });
  });
});
