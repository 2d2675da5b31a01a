import { describe, expect, test } from "vitest";
import { anOperator } from "../support/operator.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();

describe("audit", () => {
  test("tells who did what, and when", async () => {
    const { json, receipts, run } = await anOperator(tables());
    expect((await run("audit")).out).toBe("Nothing is on record yet.");
    await run("pause", "--pool", receipts);
    const { code, found } = await json("audit", "--pool", receipts);
    expect(code).toBe(0);
    expect(found.entries).toMatchObject([
      { at: "2026-11-02T00:00:00.000Z", by: "operator", pool: receipts, action: "pause" },
    ]);
    expect((await run("audit")).out).toMatch(/^2026-11-02 00:00:00 +pool\d+ +operator +pause/m);
  });

  test("tells what operators did, which the ramp answers with an entry for each provider", async () => {
    const { json, news, run } = await anOperator(tables());
    for (const verb of ["disable", "enable"]) await run(verb, "--pool", news);
    const { found } = await json("audit", "--pool", news, "--by", "operator");
    expect(found.entries.map(({ by }: { by: string }) => by)).toEqual(["operator", "operator"]);
  });

  test.each([["0"], ["many"], ["1.5"], ["1001"]])("refuses --limit %s", async (limit) => {
    const { run } = await anOperator(tables());
    const { code, err } = await run("audit", "--limit", limit);
    expect([code, err]).toEqual([2, `audit: --limit ${limit}: expected a whole number from 1 to 1000.`]);
  });

  test("refuses a pool nobody defined", async () => {
    const { run } = await anOperator(tables());
    expect((await run("audit", "--pool", "nws")).code).toBe(2);
  });
});
