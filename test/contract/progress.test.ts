import { describe, expect, test } from "vitest";
import { DynamoProgress } from "../../shared/adapters/dynamo/progress.ts";
import type { Progress } from "../../shared/ports/progress.ts";
import { freshNames, historyOf } from "../support/builders.ts";
import { MemoryProgress } from "../support/fakes/memory-progress.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => Progress][] = [
  ["in memory", () => new MemoryProgress()],
  ["in DynamoDB", () => new DynamoProgress(tables().client, tables().state)],
];
const newPool = freshNames("pool");

describe.each(engines)("progress %s", (_, open) => {
  test("of a pool without any is empty", async () => {
    expect(await open().read(newPool())).toEqual(new Map());
  });

  test("keeps each provider's days with all that is known of them", async () => {
    const [progress, pool] = [open(), newPool()];
    const everything = { ips: 3, used: 90, deferred: 1, blocked: 2, complained: 3, established: 4, shared: 5 };
    const [gmail, yahoo] = [historyOf({ ...everything, braked: true }, {}), historyOf({ used: 7 })];
    await progress.write(pool, "gmail", gmail);
    await progress.write(pool, "yahoo", yahoo);
    expect(await progress.read(pool)).toEqual(
      new Map([
        ["gmail", gmail],
        ["yahoo", yahoo],
      ]),
    );
  });

  test("puts a history in the place of the one before, whole", async () => {
    const [progress, pool] = [open(), newPool()];
    await progress.write(pool, "gmail", historyOf({}, {}, {}));
    await progress.write(pool, "gmail", historyOf({ used: 1 }));
    expect(await progress.read(pool)).toEqual(new Map([["gmail", historyOf({ used: 1 })]]));
  });

  test("of one pool is not another's", async () => {
    const [progress, pool] = [open(), newPool()];
    await progress.write(`${pool}-2`, "gmail", historyOf({}));
    expect(await progress.read(pool)).toEqual(new Map());
  });

  test("keeps more than one page of the store: 60 days at 120 providers", async () => {
    const [progress, pool] = [open(), newPool()];
    const long = historyOf(...Array.from({ length: 60 }, () => ({})));
    const providers = Array.from({ length: 120 }, (__, index) => `p${index}`);
    await Promise.all(providers.map((provider) => progress.write(pool, provider, long)));
    expect((await progress.read(pool)).size).toBe(120);
  });
});
