import { describe, expect, test } from "vitest";
import { type LifeCycle, providerLifeCycle } from "../../shared/domain/warm-up/life-cycle.ts";
import {
  changeLifeCycle,
  type LifeCycleAction,
  type LifeCycleChange,
} from "../../shared/domain/warm-up/life-cycle-changes.ts";
import { placeIps } from "../../shared/domain/warm-up/placement.ts";
import { aLifeCycle, today } from "../support/builders.ts";

const earlier = "2026-10-01";
const ip = "192.0.2.1";
const known = [{ ip, sesPool: "news-established", percentage: 100, since: earlier }];
const warming = aLifeCycle({
  phase: "warming",
  since: earlier,
  providers: { gmail: { paused: false, graduatedOn: earlier } },
});
const established = aLifeCycle({ phase: "established", since: earlier, ips: known });

function change(lifeCycle: LifeCycle, action: LifeCycleAction, rest: Omit<Partial<LifeCycleChange>, "action"> = {}) {
  return changeLifeCycle(lifeCycle, { action, day: today, ...rest });
}

/** The life cycle after a change that must be one. */
function changed(
  lifeCycle: LifeCycle,
  action: LifeCycleAction,
  rest: Omit<Partial<LifeCycleChange>, "action"> = {},
): LifeCycle {
  const result = change(lifeCycle, action, rest);
  if (result.kind !== "changed") throw new Error(`expected a change: ${result.says}`);
  return result.lifeCycle;
}

describe("a whole pool", () => {
  const of = (lifeCycle: Partial<LifeCycle>) => aLifeCycle({ since: earlier, ...lifeCycle });

  test.each<[LifeCycleAction, LifeCycle, Partial<LifeCycle>, string]>([
    ["start", aLifeCycle(), { phase: "warming", since: today }, "pool news starts to warm up"],
    ["start", aLifeCycle({ paused: true }), { phase: "warming", paused: false }, "pool news starts to warm up"],
    ["pause", warming, { paused: true, phase: "warming" }, "pool news is paused: nothing leaves by its warming IPs"],
    [
      "resume",
      of({ phase: "warming", paused: true }),
      { paused: false, since: earlier },
      "pool news goes on where it was",
    ],
    [
      "restart",
      warming,
      { phase: "warming", since: today, providers: {}, recall: ["*"] },
      "pool news is back to day one",
    ],
    ["restart", established, { phase: "warming", since: today, recall: ["*"] }, "pool news is back to day one"],
    ["complete", warming, { phase: "established" }, "pool news counts as established from now on"],
    ["disable", warming, { disabled: true, phase: "warming" }, "pool news is warmed by hand: nothing is limited"],
    ["enable", of({ disabled: true }), { disabled: false }, "pool news is warmed by ses-warmup again"],
  ])("%s changes it, and says what to", (action, was, is, says) => {
    const result = change(was, action);
    expect(result).toMatchObject({ kind: "changed", says });
    expect(changed(was, action)).toMatchObject(is);
  });

  test.each<[LifeCycleAction, LifeCycle, string]>([
    ["start", aLifeCycle(), "pool news is warming up already"],
    ["pause", warming, "pool news is paused already"],
    ["resume", aLifeCycle({ paused: true }), "pool news is not paused"],
    ["restart", established, `pool news was started on ${today} already`],
    ["complete", warming, "pool news is established already"],
    ["disable", warming, "pool news is warmed by hand already"],
    ["enable", aLifeCycle({ disabled: true }), "pool news is warmed by ses-warmup already"],
  ])("%s twice is as good as once, and says so", (action, was, says) => {
    expect(change(changed(was, action), action)).toEqual({ kind: "unchanged", says });
  });

  test.each<[LifeCycleAction, LifeCycle, string]>([
    ["start", established, "pool news is established: restart it to warm it up again"],
    ["complete", aLifeCycle(), "pool news has no warm-up to complete: start it first"],
  ])("%s is refused where it makes no sense, with what to do instead", (action, was, says) => {
    expect(change(was, action)).toEqual({ kind: "refused", says });
  });

  test("restart lifts a pause", () => {
    expect(changed({ ...warming, paused: true }, "restart").paused).toBe(false);
  });

  test("restart on the day one of its IPs was restarted still brings back the others", () => {
    const withOneIp = changed(established, "restart", { ip });
    expect(changed(withOneIp, "restart").recall).toContain("*");
  });

  test("complete after restart takes the recall back: no IP goes to and fro", () => {
    const restarted = changed(established, "restart");
    const completed = changed(restarted, "complete");
    const listed = [{ ip, sesPool: "news-established", percentage: 100 }];
    const { moves } = placeIps({ lifeCycle: completed, configured: [ip], listed, day: today, daysWarmed: 0 });
    expect(moves).toEqual([]);
  });

  test("a change leaves the version to whoever stores it", () => {
    expect(changed({ ...warming, version: 7 }, "pause").version).toBe(7);
  });
});

describe("one provider", () => {
  const paused = aLifeCycle({
    phase: "warming",
    since: earlier,
    providers: { gmail: { paused: true, since: earlier } },
  });
  const fresh = aLifeCycle({ phase: "warming", since: earlier });
  const gmail = { provider: "gmail" };

  test.each<[LifeCycleAction, LifeCycle, object, string]>([
    ["pause", fresh, { paused: true }, "gmail in pool news is paused: nothing leaves to it by warming IPs"],
    ["resume", paused, { paused: false, since: earlier }, "gmail in pool news goes on where it was"],
    ["restart", warming, { paused: false, since: today }, "gmail in pool news is back to day one"],
    ["complete", fresh, { paused: false, graduatedOn: today }, "gmail in pool news counts as warm from now on"],
  ])("%s changes it alone, and says what to", (action, was, is, says) => {
    const before = { ...was, providers: { ...was.providers, yahoo: { paused: true } } };
    expect(change(before, action, gmail)).toMatchObject({ kind: "changed", says });
    const after = changed(before, action, gmail);
    expect(providerLifeCycle(after, "gmail")).toEqual(is);
    expect(after).toEqual({ ...before, providers: { ...before.providers, gmail: is } });
  });

  test.each<[LifeCycleAction, LifeCycle, string]>([
    ["pause", fresh, "gmail in pool news is paused already"],
    ["resume", paused, "gmail in pool news is not paused"],
    ["restart", warming, `gmail in pool news was started on ${today} already`],
    ["complete", fresh, `gmail in pool news graduated on ${today} already`],
  ])("%s twice is as good as once, and says so", (action, was, says) => {
    expect(change(changed(was, action, gmail), action, gmail)).toEqual({ kind: "unchanged", says });
  });

  test.each<[LifeCycleAction, LifeCycle, string]>([
    ["start", fresh, "start is for a whole pool: leave the provider out"],
    ["disable", fresh, "disable is for a whole pool: leave the provider out"],
    ["enable", fresh, "enable is for a whole pool: leave the provider out"],
    ["restart", established, "pool news is not warming up: restart the pool, not a provider"],
    ["complete", established, "pool news is not warming up: there is nothing to complete"],
  ])("%s is refused where it makes no sense, with what to do instead", (action, was, says) => {
    expect(change(was, action, gmail)).toEqual({ kind: "refused", says });
  });

  test("restart forgets that it had graduated", () => {
    expect(providerLifeCycle(changed(warming, "restart", gmail), "gmail").graduatedOn).toBeUndefined();
  });

  test("nobody touched warms up like its pool, whatever it is called", () => {
    expect(providerLifeCycle(fresh, "constructor")).toEqual({ paused: false });
    expect(providerLifeCycle(changed(fresh, "pause", { provider: "constructor" }), "constructor")).toEqual({
      paused: true,
    });
  });
});

describe("one IP", () => {
  test("restart warms it up again beside the others", () => {
    const result = change(established, "restart", { ip });
    expect(result).toMatchObject({ kind: "changed", says: `${ip} warms up again beside the other IPs of pool news` });
    expect(changed(established, "restart", { ip })).toMatchObject({ phase: "warming", since: today, recall: [ip] });
  });

  test("restart keeps a provider's pause", () => {
    const was = { ...established, providers: { gmail: { paused: true } } };
    expect(providerLifeCycle(changed(was, "restart", { ip }), "gmail").paused).toBe(true);
  });

  test("restart twice is as good as once", () => {
    const says = `${ip} is to be restarted already`;
    expect(change(changed(established, "restart", { ip }), "restart", { ip })).toEqual({ kind: "unchanged", says });
  });

  test.each<[LifeCycleAction, LifeCycle, string, string]>([
    ["pause", established, ip, "pause is for a pool or a provider: leave the IP out"],
    ["restart", established, "192.0.2.9", `192.0.2.9 is not an IP of pool news: expected one of ${ip}`],
    ["restart", aLifeCycle(), ip, `${ip} is not an IP of pool news: expected one of none yet`],
    ["restart", { ...warming, ips: known }, ip, "pool news is warming up: restart the pool, or wait until it is done"],
  ])("%s is refused where it makes no sense, with what to do instead", (action, was, which, says) => {
    expect(change(was, action, { ip: which })).toEqual({ kind: "refused", says });
  });
});
