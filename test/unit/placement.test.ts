import { describe, expect, test } from "vitest";
import type { LifeCycle } from "../../shared/domain/warm-up/life-cycle.ts";
import { type PlacementFacts, placeIps, sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import { aLifeCycle, today } from "../support/builders.ts";

const [one, two, three] = ["192.0.2.1", "192.0.2.2", "192.0.2.3"] as const;
const earlier = "2026-10-01";

/** Places the IPs that lie in these SES pools; all of them are the pool's unless told otherwise. */
function place(
  sesPoolOf: Record<string, string>,
  lifeCycle: Partial<LifeCycle> = {},
  facts: Partial<PlacementFacts> = {},
) {
  return placeIps({
    lifeCycle: aLifeCycle(lifeCycle),
    configured: Object.keys(sesPoolOf),
    listed: Object.entries(sesPoolOf).map(([ip, sesPool]) => ({ ip, sesPool, percentage: 100 })),
    day: today,
    daysWarmed: 0,
    ...facts,
  });
}

const movesOf = ({ moves }: { moves: readonly { ip: string; sesPool: string }[] }) =>
  moves.map(({ ip, sesPool }) => `${ip} -> ${sesPool}`);

describe("new IPs", () => {
  test("start a warm-up by themselves: nobody has to say so (guide row 15)", () => {
    const placed = place({ [one]: sesDefaultPool, [two]: sesDefaultPool });
    expect(placed.moves).toEqual([
      { ip: one, sesPool: "news-warming", why: "a new IP warms up" },
      { ip: two, sesPool: "news-warming", why: "a new IP warms up" },
    ]);
    expect(placed.lifeCycle).toMatchObject({ phase: "warming", since: today });
    expect(placed.arrivals.map(({ says }) => says)).toEqual([
      `${one} is new: its warm-up starts`,
      `${two} is new: its warm-up starts`,
    ]);
  });

  test("beside established ones warm up against them, from day one", () => {
    const sesPoolOf = { [one]: "news-established", [two]: sesDefaultPool };
    const placed = place(sesPoolOf, { phase: "established", since: earlier }, { daysWarmed: 30 });
    expect(movesOf(placed)).toEqual([`${two} -> news-warming`]);
    expect(placed.lifeCycle).toMatchObject({ phase: "warming", since: today });
  });

  test("wait while others are under way, and say so once", () => {
    const sesPoolOf = { [one]: "news-warming", [two]: sesDefaultPool };
    const placed = place(sesPoolOf, { phase: "warming", since: earlier }, { daysWarmed: 3 });
    expect(placed.moves).toEqual([]);
    expect(placed.lifeCycle).toMatchObject({ phase: "warming", since: earlier });
    expect(placed.arrivals.map(({ says }) => says)).toEqual([
      `${two} is new and waits: the pool's warm-up is under way, and joining it half-way would be a jump`,
    ]);
    expect(place(sesPoolOf, placed.lifeCycle, { daysWarmed: 4 }).arrivals).toEqual([]);
  });

  test("join a warm-up that has sent nothing yet", () => {
    const sesPoolOf = { [one]: "news-warming", [two]: sesDefaultPool };
    const placed = place(sesPoolOf, { phase: "warming", since: earlier });
    expect(movesOf(placed)).toEqual([`${two} -> news-warming`]);
    expect(placed.lifeCycle.since).toBe(earlier);
  });

  test("that the configuration does not give to the pool stay where they are", () => {
    const placed = place({ [one]: sesDefaultPool }, {}, { configured: [two] });
    expect(placed).toMatchObject({ moves: [], arrivals: [], lifeCycle: { phase: "idle", ips: [] } });
  });

  test("do not lift what an operator paused", () => {
    const lifeCycle = { phase: "established" as const, paused: true, providers: { gmail: { paused: true } } };
    const { lifeCycle: is } = place({ [one]: "news-established", [two]: sesDefaultPool }, lifeCycle);
    expect(is).toMatchObject({ paused: true, providers: { gmail: { paused: true } } });
  });

  test("forget when providers graduated: that was with other IPs", () => {
    const providers = { gmail: { paused: false, graduatedOn: earlier } };
    const { lifeCycle } = place(
      { [one]: "news-established", [two]: sesDefaultPool },
      { phase: "established", providers },
    );
    expect(lifeCycle.providers.gmail?.graduatedOn).toBeUndefined();
  });

  test("that waited do not keep IPs whose warm-up is complete from the established ones", () => {
    const placed = place(
      { [one]: "news-warming", [two]: sesDefaultPool },
      { phase: "established" },
      { daysWarmed: 14 },
    );
    expect(movesOf(placed)).toContain(`${one} -> news-established`);
  });
});

describe("IPs that are somewhere already", () => {
  test("stay where they warm up, or where they are established", () => {
    const sesPoolOf = { [one]: "news-warming", [two]: "news-established" };
    expect(place(sesPoolOf, { phase: "warming" }, { daysWarmed: 5 }).moves).toEqual([]);
  });

  test("stay where an operator put them", () => {
    expect(place({ [one]: "by-hand" })).toMatchObject({ moves: [], lifeCycle: { phase: "idle", ips: [] } });
  });

  test("stay in SES's default pool when they were moved there by hand: that is for the guard to say", () => {
    const ips = [{ ip: one, sesPool: "news-established", percentage: 100, since: earlier }];
    const placed = place({ [one]: sesDefaultPool }, { phase: "established", ips });
    expect(placed).toMatchObject({ moves: [], arrivals: [], lifeCycle: { phase: "established", ips } });
  });

  test("of another pool are none of this pool's business", () => {
    const placed = place({ [one]: "shop-warming" }, {}, { configured: [] });
    expect(placed.lifeCycle.ips).toEqual([]);
  });

  test("in the warming SES pool of a pool nothing is known of are a warm-up: it must be able to end", () => {
    expect(place({ [one]: "news-warming" }).lifeCycle.phase).toBe("warming");
  });
});

describe("restarted IPs", () => {
  const sesPoolOf = { [one]: "news-established", [two]: "news-established", [three]: "by-hand" };

  test("all go back to the warming SES pool", () => {
    const placed = place(sesPoolOf, { phase: "warming", since: today, recall: ["*"] });
    expect(movesOf(placed)).toEqual([`${one} -> news-warming`, `${two} -> news-warming`]);
    expect(placed.moves[0]?.why).toBe("its warm-up was restarted");
    expect(placed.lifeCycle.recall).toEqual([]);
  });

  test("or one of them", () => {
    const placed = place(sesPoolOf, { phase: "warming", since: today, recall: [two] });
    expect(movesOf(placed)).toEqual([`${two} -> news-warming`]);
  });

  test("that lie there already stay", () => {
    expect(place({ [one]: "news-warming" }, { phase: "warming", recall: ["*"] }).moves).toEqual([]);
  });
});

describe("a pool that is complete", () => {
  test("has its warming IPs among the established ones", () => {
    const sesPoolOf = { [one]: "news-warming", [two]: "news-established", [three]: "by-hand" };
    const placed = place(sesPoolOf, { phase: "established" }, { daysWarmed: 20 });
    expect(placed.moves).toEqual([{ ip: one, sesPool: "news-established", why: "its warm-up is complete" }]);
  });
});

describe("the IPs on record", () => {
  test("are those that arrived, where they were put, each since the day it was first seen", () => {
    const ips = [{ ip: one, sesPool: "news-warming", percentage: 40, since: earlier }];
    const placed = place({ [one]: "news-warming", [two]: sesDefaultPool }, { phase: "warming", ips });
    expect(placed.lifeCycle.ips).toEqual([
      { ip: one, sesPool: "news-warming", percentage: 40, since: earlier },
      { ip: two, sesPool: "news-warming", percentage: 100, since: today },
    ]);
  });

  test("wait in SES's default pool while others are under way", () => {
    const placed = place({ [two]: sesDefaultPool }, { phase: "warming" }, { daysWarmed: 3 });
    expect(placed.lifeCycle.ips).toEqual([{ ip: two, sesPool: sesDefaultPool, percentage: 100, since: today }]);
  });

  test("are where this deployment put them, wherever SES lists them now", () => {
    const ips = [{ ip: one, sesPool: "news-warming", percentage: 100, since: earlier }];
    expect(place({ [one]: "by-hand" }, { phase: "warming", ips }).lifeCycle.ips).toEqual(ips);
    expect(place({}, { phase: "warming", ips }).lifeCycle.ips).toEqual(ips);
  });

  test("make no change when nothing is new", () => {
    const first = place({ [one]: sesDefaultPool });
    const again = place({ [one]: "news-warming" }, first.lifeCycle);
    expect(again).toEqual({ lifeCycle: first.lifeCycle, moves: [], arrivals: [] });
  });
});
