import { describe, expect, test } from "vitest";
import { planPresets } from "../../shared/domain/warm-up/plan-presets.ts";
import { anOperator } from "../support/operator.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();

describe("plan", () => {
  test("names each pool's plan, where providers differ, and the next days", async () => {
    const { json, news } = await anOperator(tables());
    const { code, found } = await json("plan", "--pool", news);
    expect(code).toBe(0);
    expect(found.pools).toHaveLength(1);
    expect(found.pools[0]).toMatchObject({
      pool: news,
      name: "ours",
      plan: { startPerIp: 10, growthPerDay: 1.5 },
      differs: [{ provider: "yahoo", changes: { startPerIp: 5 } }],
    });
    const of = (provider: string) =>
      found.pools[0].next.find((each: { provider: string }) => each.provider === provider);
    expect(of("other").days.map(({ allowance }: { allowance: number }) => allowance)).toEqual([
      10, 15, 22, 33, 49, 73, 109,
    ]);
    expect(of("yahoo").days[0]).toEqual({ day: "2026-11-02", allowance: 5 });
  });

  test("is told in words for every pool", async () => {
    const { news, receipts, run } = await anOperator(tables());
    const { out } = await run("plan");
    expect(out).toContain(`pool ${news}: plan ours`);
    expect(out).toContain(`pool ${receipts}: plan sendgrid`);
    expect(out).toContain("yahoo: startPerIp 5");
    expect(out).toContain("by a table of 15 days");
  });

  test("--list needs no deployment and names every plan and published table with its source", async () => {
    const { json, run } = await anOperator(tables());
    const { code, found } = await json("plan", "--list", "--deployment", "none.json");
    expect(code).toBe(0);
    const plans: { name: string; source?: string; table?: number[]; growthPerDay?: number }[] = found.plans;
    expect(plans.map(({ name }) => name)).toEqual(Object.keys(planPresets));
    expect(plans.find(({ name }) => name === "sendgrid")).toMatchObject({
      source: expect.stringContaining("SendGrid"),
    });
    expect(plans.find(({ name }) => name === "cautious")).toMatchObject({ growthPerDay: 1.26 });
    expect((await run("plan", "--list")).out).toContain("braze-moderate: 50, 100, 500");
  });

  test.each([
    [["--pool", "nws"], "nws is not a pool of this deployment"],
    [["--list", "--pool", "x"], "--list is about no pool"],
  ])("refuses %j", async (given, sentence) => {
    const { run } = await anOperator(tables());
    const { code, err } = await run("plan", ...given);
    expect([code, err.includes(sentence)]).toEqual([2, true]);
  });
});
