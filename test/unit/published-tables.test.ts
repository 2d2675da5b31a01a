import { describe, expect, test } from "vitest";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { type DayFacts, type History, withDay } from "../../shared/domain/warm-up/history.ts";
import type { WarmUpPlan } from "../../shared/domain/warm-up/plan.ts";
import { planPresets } from "../../shared/domain/warm-up/plan-presets.ts";
import { publishedTables } from "../../shared/domain/warm-up/published-tables.ts";
import { decideAllowance } from "../../shared/domain/warm-up/ramp.ts";
import { aPlan, dayFacts, today } from "../support/builders.ts";

function preset(name: string): WarmUpPlan {
  const plan = planPresets[name];
  if (plan === undefined) throw new Error(`no preset ${name}`);
  return plan;
}

interface Days {
  readonly count: number;
  readonly provider?: string;
  readonly ips?: number;
  /** What is otherwise on a day, counted from 0; all of its allowance is used and nothing refused. */
  readonly on?: (day: number, allowance: number) => Partial<DayFacts>;
  readonly holdOn?: (day: number) => string | undefined;
}

/** The allowances of days in a row. */
function curve(
  plan: WarmUpPlan,
  { count, provider = "gmail", ips = 1, on = () => ({}), holdOn = () => undefined }: Days,
): number[] {
  const allowances: number[] = [];
  let history: History = [];
  for (let index = 0; index < count; index += 1) {
    const day = dayAfter(today, index);
    const { allowance } = decideAllowance(plan, provider, { day, ips, history, paused: false, hold: holdOn(index) });
    allowances.push(allowance);
    history = withDay(history, dayFacts({ day, ips, allowance, ...on(index, allowance) }));
  }
  return allowances;
}

const names = Object.keys(publishedTables);
const tableOf = (name: string) => publishedTables[name]?.perDay ?? [];

describe("a published table", () => {
  test.each(names)("%s never falls, ends at SES's ceiling or above, and says where it is from", (name) => {
    const table = tableOf(name);
    expect(table).toEqual(table.toSorted((one, other) => one - other));
    expect(table.at(-1)).toBeGreaterThanOrEqual(50_000);
    expect(publishedTables[name]?.source).toMatch(/\w/);
  });

  test("of SES has 45 days", () => {
    expect(tableOf("ses-45-days")).toHaveLength(45);
  });

  test.each(names)("%s is a plan whose days are the table's, for one IP at a provider that has it all", (name) => {
    const table = tableOf(name);
    const plan = { ...preset(name), providers: { all: { share: 1 } } };
    const days = curve(plan, { count: table.length + 1, provider: "all" });
    expect(days).toEqual([...table, 50_000].map((entry) => Math.min(entry, 50_000)));
  });

  test("is divided over the providers: most to gmail, and the sum is the table's", () => {
    const at = (provider: string) => curve(preset("braze-conservative"), { count: 13, provider }).at(-1);
    expect([at("gmail"), at("microsoft"), at("yahoo"), at("other")]).toEqual([1_100, 400, 300, 200]);
  });

  test("counts for each IP", () => {
    expect(curve(preset("sendgrid"), { count: 2, ips: 3 })).toEqual([792, 1_108]);
  });
});

describe("a published table, day by day", () => {
  const plan = { ...preset("braze-conservative"), providers: { gmail: { share: 1 } } };

  test("keeps its plateaus: three days on 50, three on 100", () => {
    expect(curve(plan, { count: 9 })).toEqual([50, 50, 50, 100, 100, 100, 500, 500, 500]);
  });

  test("waits for a day that was used", () => {
    const on = (day: number) => (day === 1 || day === 2 ? { used: 5 } : {});
    expect(curve(plan, { count: 7, on })).toEqual([50, 50, 50, 50, 50, 100, 100]);
  });

  test("goes back and climbs again after refusals, by no more than the table's own ratio or a doubling", () => {
    const on = (day: number, allowance: number) => (day === 7 ? { blocked: allowance } : {});
    const days = curve(plan, { count: 14, on });
    expect(days.slice(7, 9)).toEqual([500, 50]);
    for (const [index, allowance] of days.slice(9).entries()) {
      expect(allowance).toBeLessThanOrEqual(2 * (days[index + 8] ?? 0));
    }
  });

  test("is not caught up with after days on hold: the next day is the table's next, not the calendar's", () => {
    const holdOn = (day: number) => (day >= 3 && day < 10 ? "SES warms up too" : undefined);
    expect(curve(plan, { count: 13, holdOn }).slice(9)).toEqual([50, 100, 100, 100]);
  });

  test("is followed whatever the growth that stands beside it", () => {
    expect(curve(aPlan({ startPerIp: 10, growthPerDay: 1, table: [10, 20, 40] }), { count: 4 })).toEqual([
      10, 20, 40, 40,
    ]);
    expect(curve(aPlan({ startPerIp: 10, growthPerDay: 1.1, table: [10, 20, 40] }), { count: 4 })).toEqual([
      10, 20, 40, 40,
    ]);
  });
});

describe("every preset", () => {
  test.each(Object.keys(planPresets))("%s reaches SES's ceiling at every provider and stays there", (name) => {
    for (const provider of ["gmail", "microsoft", "yahoo", "other"]) {
      const { table, share, providers } = preset(name);
      const own = providers[provider]?.share ?? share;
      const top = table === undefined ? 50_000 : Math.min(50_000, Math.floor((table.at(-1) ?? 0) * own));
      expect(curve(preset(name), { count: 60, provider }).at(-1)).toBe(top);
    }
  });
});
