import { describe, expect, test } from "vitest";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { graduation, matteringProviders } from "../../shared/domain/warm-up/graduation.ts";
import { type DayFacts, withDay } from "../../shared/domain/warm-up/history.ts";
import { aPlan, dayFacts, historyOf, today } from "../support/builders.ts";

const plan = aPlan({ minDays: 14 });
const days = (count: number, changes: Partial<DayFacts> = {}) => Array.from({ length: count }, () => changes);
const carried = { allowance: 500, used: 300 };
const atTarget = { allowance: 1_000, used: 900, shared: 4_000 };
const full = { allowance: 500, used: 500, shared: 4_000 };

const graduates = (...history: Partial<DayFacts>[]) => graduation(plan, "gmail", historyOf(...history)).graduates;

describe("a provider's warm-up is complete", () => {
  test("after enough days, the last three clean at the plan's target", () => {
    const found = graduation(plan, "gmail", historyOf(...days(11, full), ...days(3, atTarget)));
    expect(found).toEqual({ graduates: true, why: "14 days with mail, the last 3 clean at the target" });
  });

  test("after enough days, the last three clean and everything carried by the warming IPs", () => {
    const found = graduation(plan, "gmail", historyOf(...days(11, full), ...days(3, carried)));
    expect(found).toEqual({ graduates: true, why: "14 days with mail, the last 3 clean and all of it carried" });
  });

  test("not before its fewest days with mail; quiet days do not count", () => {
    expect(graduates(...days(13, carried))).toBe(false);
    expect(graduates(...days(13, carried), ...days(20, { used: 0 }))).toBe(false);
    expect(graduates(...days(14, carried), { used: 0 })).toBe(true);
  });

  test("never within three days, whatever the plan says", () => {
    const quick = aPlan({ minDays: 1 });
    expect(graduation(quick, "gmail", historyOf(...days(2, carried))).graduates).toBe(false);
    expect(graduation(quick, "gmail", historyOf(...days(3, carried))).graduates).toBe(true);
  });

  test("by the provider's own days and target (guide row 12)", () => {
    const own = aPlan({ providers: { gmail: { minDays: 5, targetPerIp: 400 } } });
    expect(graduation(own, "gmail", historyOf(...days(5, { ...full, allowance: 400 }))).graduates).toBe(true);
    expect(graduation(own, "yahoo", historyOf(...days(5, { ...full, allowance: 400 }))).graduates).toBe(false);
  });

  test("after the longest fewest days that a plan may ask for", () => {
    const slow = aPlan({ minDays: 90 });
    let history = historyOf();
    for (let count = 1; count <= 120; count += 1)
      history = withDay(history, dayFacts({ ...carried, day: dayAfter(today, count - 121) }));
    expect(graduation(slow, "gmail", history).graduates).toBe(true);
  });

  test("by the target of all the IPs of that day", () => {
    expect(graduates(...days(14, { ...atTarget, ips: 2 }))).toBe(false);
    expect(graduates(...days(14, { ...atTarget, ips: 2, allowance: 2_000, used: 1_900 }))).toBe(true);
  });

  test.each([
    ["was refused in part", { blocked: 30, used: 100 }],
    ["was braked", { braked: true }],
  ])("not when one of the last three %s", (_, spoiled) => {
    expect(graduates(...days(13, carried), { ...carried, ...spoiled })).toBe(false);
    expect(graduates(...days(13, carried), { ...carried, ...spoiled }, ...days(2, carried))).toBe(false);
    expect(graduates(...days(13, carried), { ...carried, ...spoiled }, ...days(3, carried))).toBe(true);
  });

  test("not while a part leaves by shared IPs below the target", () => {
    expect(graduates(...days(14, full))).toBe(false);
    expect(graduates(...days(13, carried), { ...carried, shared: 1 })).toBe(false);
  });

  test("not while the whole allowance is used below the target: nothing says that this was all there is", () => {
    // A stream that holds its mail overflows nowhere, and waits.
    expect(graduates(...days(14, { allowance: 500, used: 500, shared: 0 }))).toBe(false);
  });

  test("not for a provider without mail", () => {
    expect(graduates()).toBe(false);
    expect(graduates(...days(30, { used: 0 }))).toBe(false);
  });
});

describe("the providers that matter", () => {
  const mattering = (histories: Record<string, Partial<DayFacts>[]>) => {
    const given = Object.entries(histories).map(([name, facts]) => [name, historyOf(...facts)] as const);
    return matteringProviders(new Map(given), today);
  };

  test("have 5 % or more of the mail of the last week", () => {
    expect(
      mattering({ gmail: [{ used: 900 }], yahoo: [{ used: 50 }], other: [{ used: 49 }], gmx: [{ used: 1 }] }),
    ).toEqual(["gmail", "yahoo"]);
  });

  test("whatever route it left by", () => {
    const each = { used: 10, established: 0, shared: 0 };
    const histories = {
      gmail: [each],
      yahoo: [{ ...each, used: 0, shared: 10 }],
      other: [{ ...each, used: 0, established: 10 }],
    };
    expect(mattering(histories)).toEqual(["gmail", "yahoo", "other"]);
  });

  test("are none without mail, or with none in the last week", () => {
    expect(mattering({})).toEqual([]);
    expect(mattering({ gmail: [{ used: 0 }] })).toEqual([]);
    expect(mattering({ gmail: [{ used: 500 }, ...days(7, { used: 0 })] })).toEqual([]);
    expect(mattering({ gmail: [{ used: 500 }, ...days(6, { used: 0 })] })).toEqual(["gmail"]);
  });
});
