import { describe, expect, test } from "vitest";
import { type FullReason, passText } from "../../shared/domain/routing/passed-over.ts";
import {
  type MailToRoute,
  passOver,
  type RouteSearch,
  type RouteStops,
  startSearch,
  stopToSitOut,
} from "../../shared/domain/routing/route-search.ts";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import { type Circuit, circuitAt } from "../../shared/domain/sending/circuit.ts";
import { scopeText } from "../../shared/domain/sending/circuit-scope.ts";
import { aPool, aStream, minuteMs, noonMs } from "../support/builders.ts";

const pools = new Map(
  [aPool({ overflowTo: "alerts" }), aPool({ name: "alerts", ips: ["192.0.2.2"] })].map((pool) => [pool.name, pool]),
);
const nothing: RouteStops = { walls: new Map(), circuits: new Map() };
const wall = (level: "no-warming" | "no-overflow"): RouteStops => ({ ...nothing, walls: new Map([["news", level]]) });
const circuitOn = (name: string, nowMs = noonMs) =>
  circuitAt({ kind: "configuration-set", name }, "ses-misconfigured", nowMs);
const circuits = (...all: Circuit[]): RouteStops => ({
  ...nothing,
  circuits: new Map(all.map((circuit) => [scopeText(circuit.scope), circuit])),
});

function mailOf(stream: Partial<Stream> = {}, changes: Partial<MailToRoute> = {}): MailToRoute {
  return { stream: aStream(stream), arm: "none", names: {}, mayWaitUntilMs: undefined, ...changes };
}
const search = (mail: MailToRoute, stops = nothing): RouteSearch =>
  startSearch({ streams: new Map([[mail.stream.name, mail.stream]]), pools }, mail, stops);

/** Every route tried in turn, none of which has room; then what was passed over, and why. */
function tried(
  begun: RouteSearch,
  because: FullReason = "spent",
): { readonly tried: string[]; readonly why: string[] } {
  const names: string[] = [];
  let at = begun;
  for (; at.next !== undefined; at = passOver(at, because)) names.push(at.next.configurationSet);
  return { tried: names, why: at.passedOver.map(passText) };
}

describe("a message tries", () => {
  test("its pool's warming IPs, its established ones, those it overflows to, then shared ones", () => {
    expect(tried(search(mailOf()))).toEqual({
      tried: ["news-warming", "news-established", "alerts-established", "shared"],
      why: ["spent_warming", "spent_established", "spent_established", "spent_shared"],
    });
  });

  test("no shared IPs while it may wait for its own", () => {
    const { tried: names, why } = tried(search(mailOf({}, { mayWaitUntilMs: noonMs + minuteMs })));
    expect(names).not.toContain("shared");
    expect(why.at(-1)).toBe("waits_shared");
  });

  test("what a wall leaves it", () => {
    expect(tried(search(mailOf(), wall("no-overflow")))).toEqual({
      tried: ["news-established"],
      why: ["wall_warming", "spent_established", "wall_established", "wall_shared"],
    });
    expect(search(mailOf(), wall("no-warming")).passedOver.map(passText)).toEqual(["wall_warming"]);
  });

  test("and no wall stops a stream without a pool", () => {
    expect(search(mailOf({ pool: undefined }), wall("no-overflow")).next?.kind).toBe("shared");
  });

  test("no route that SES takes nothing by", () => {
    const { next, passedOver } = search(mailOf(), circuits(circuitOn("news-warming")));
    expect([next?.configurationSet, passedOver.map(passText)]).toEqual(["news-established", ["circuit_warming"]]);
  });
});

describe("a message of the control sample", () => {
  const control = { arm: "control" } as const;

  test("keeps off warming IPs where it has another route", () => {
    const { next, passedOver } = search(mailOf({}, control));
    expect([next?.configurationSet, passedOver.map(passText)]).toEqual([
      "news-established",
      ["control_sample_warming"],
    ]);
  });

  test("takes them last, and then did not keep off them", () => {
    const found = tried(search(mailOf({ sharedAllowed: false }, control)));
    expect(found.tried).toEqual(["news-established", "alerts-established", "news-warming"]);
    expect(found.why).toEqual(["spent_established", "spent_established", "spent_warming"]);
  });

  test("does not wait for its own IPs", () => {
    expect(tried(search(mailOf({}, { ...control, mayWaitUntilMs: noonMs + minuteMs }))).tried).toContain("shared");
  });
});

describe("a message that no route takes", () => {
  const noRoom = (mail: MailToRoute, stops: RouteStops) => {
    let at = search(mail, stops);
    while (at.next !== undefined) at = passOver(at, "spent");
    return stopToSitOut(mail, at);
  };
  const onShared = circuitOn("shared");

  test("sits out the stop that keeps it from the last of them", () => {
    expect(noRoom(mailOf(), circuits(onShared))).toBe(onShared);
  });

  test("sits out the one that ends first of several", () => {
    const earlier = circuitOn("news-warming", noonMs - minuteMs);
    expect(noRoom(mailOf(), circuits(onShared, earlier))).toBe(earlier);
  });

  test("is held for room while it may wait", () => {
    const stops = circuits(circuitOn("news-warming"));
    expect(noRoom(mailOf({}, { mayWaitUntilMs: noonMs + minuteMs }), stops)).toBeUndefined();
  });

  test("is held where nothing that ends by itself keeps it", () => {
    expect(noRoom(mailOf({ sharedAllowed: false }), nothing)).toBeUndefined();
    expect(noRoom(mailOf(), wall("no-overflow"))).toBeUndefined();
  });
});
