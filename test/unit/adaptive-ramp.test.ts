import { describe, expect, test } from "vitest";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { type DayFacts, type History, withDay } from "../../shared/domain/warm-up/history.ts";
import { decideAllowance } from "../../shared/domain/warm-up/ramp.ts";
import { aPlan, dayFacts, today } from "../support/builders.ts";

const plan = aPlan({ adaptive: true, pace: "paced", startPerIp: 200, targetPerIp: 50_000 });

/** Days in a row from the first, each given what became of its allowance. */
function warmed(...days: ((allowance: number) => Partial<DayFacts>)[]): { history: History; next: number } {
  let history: History = [];
  for (const [index, become] of days.entries()) {
    const day = dayAfter(today, index);
    const { allowance } = decideAllowance(plan, "gmail", { day, ips: 1, history, paused: false });
    history = withDay(history, dayFacts({ day, allowance, used: allowance, ...become(allowance) }));
  }
  return { history, next: days.length };
}

const decide = ({ history, next }: ReturnType<typeof warmed>, hold?: string) =>
  decideAllowance(plan, "gmail", { day: dayAfter(today, next), ips: 1, history, paused: false, hold });

const clean = () => ({});
const deferredBy = (share: number) => (allowance: number) => ({ deferred: Math.round(share * allowance) });

describe("an adaptive plan", () => {
  test("starts at its start and doubles until something is refused", () => {
    expect(decide(warmed())).toMatchObject({ allowance: 200, rule: "start", pace: "paced" });
    expect(decide(warmed(clean))).toMatchObject({ allowance: 400, rule: "grow" });
    expect(decide(warmed(clean, clean, clean))).toMatchObject({ allowance: 1_600, rule: "grow" });
  });

  test("grows by as much less as less was used", () => {
    const { allowance } = decide(warmed((allowed) => ({ used: allowed * 0.46 })));
    expect(allowance).toBe(300);
  });

  test("a refused day shows the capacity: the next goes below what was accepted, and grows from there", () => {
    const refused = warmed(clean, clean, deferredBy(0.2));
    const accepted = 640;
    const next = decide(refused);
    expect(next).toMatchObject({ rule: "estimated", pace: "paced" });
    expect(next.allowance).toBeLessThan(accepted);
    expect(next.allowance).toBeGreaterThan(0.8 * accepted);
    const later = decide(warmed(clean, clean, deferredBy(0.2), clean));
    expect(later.allowance).toBeGreaterThan(next.allowance);
    expect(later.allowance).toBeLessThan(2 * next.allowance);
  });

  test("few refusals among many are no sign", () => {
    expect(decide(warmed(clean, clean, (allowance) => ({ deferred: 2, used: allowance })))).toMatchObject({
      rule: "grow",
    });
  });

  test("what a provider always refuses is no sign, however much it adds up to", () => {
    const always = Array.from({ length: 8 }, () => deferredBy(0.02));
    const { history, next } = warmed(...always);
    expect(history.at(-1)?.allowance).toBeGreaterThan(2 * (history[2]?.allowance ?? 0));
    expect(decide({ history, next }).allowance).toBeGreaterThan(history.at(-1)?.allowance ?? 0);
  });

  test("a day that an outage ended early does not cost the level that was reached", () => {
    const early = (allowance: number) => ({ used: allowance * 0.05, deferred: Math.round(allowance * 0.03) });
    const { history, next } = warmed(clean, clean, deferredBy(0.2), clean, clean, early);
    const before = history.at(-1)?.allowance ?? 0;
    expect(decide({ history, next }).allowance).toBeGreaterThan(0.25 * before);
    expect(decide({ history, next }).allowance).toBeLessThan(before);
  });

  test("a provider that has long refused nothing is believed to grow faster", () => {
    const { history } = warmed(clean, deferredBy(0.2), ...Array.from({ length: 28 }, () => clean));
    const growth = (index: number) => (history[index + 1]?.allowance ?? 0) / (history[index]?.allowance ?? 1);
    expect(growth(19)).toBeGreaterThan(1.05 * growth(8));
  });

  test("a provider that grows faster is followed faster", () => {
    const twice = (second: number) =>
      decide(
        warmed(clean, clean, deferredBy(0.2), clean, clean, (allowance) => ({
          deferred: Math.round(second * allowance),
        })),
      );
    expect(twice(0.05).allowance).toBeGreaterThan(twice(0.6).allowance);
  });

  test("after a block it probes: little, and slowly at first", () => {
    const next = decide(warmed(clean, clean, (allowance) => ({ blocked: Math.round(allowance * 0.5) })));
    expect(next).toMatchObject({ rule: "after-block", pace: "probing" });
    expect(next.allowance).toBeLessThan(200);
  });

  test("never more than twice the day before", () => {
    const blocked = warmed(clean, clean, clean, (allowance) => ({ blocked: Math.round(allowance * 0.5) }));
    const probe = decide(blocked).allowance;
    const afterwards = decide(
      warmed(clean, clean, clean, (allowance) => ({ blocked: Math.round(allowance * 0.5) }), clean),
    );
    expect(afterwards.allowance).toBeLessThanOrEqual(2 * probe);
  });

  test("complaints forbid growth, and so does a hold; both say so", () => {
    const complained = warmed(clean, clean, (allowance) => ({ complained: Math.round(0.01 * allowance) }));
    expect(decide(complained)).toMatchObject({
      allowance: 800,
      rule: "complaints",
      why: expect.stringContaining("8 complaints"),
    });
    expect(decide(warmed(clean), "the guard holds it")).toMatchObject({
      allowance: 200,
      rule: "held",
      why: "the guard holds it",
    });
  });

  test("counts in recipients of all IPs", () => {
    const history = [dayFacts({ day: today, ips: 1, allowance: 200, used: 200 })];
    const { allowance } = decideAllowance(plan, "gmail", { day: dayAfter(today, 1), ips: 3, history, paused: false });
    expect(allowance).toBe(1_200);
  });
});
