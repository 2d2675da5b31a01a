import { describe, expect, test } from "vitest";
import type { Evidence } from "../bench/kill/evidence.ts";
import { verdictOf } from "../bench/kill/verdict.ts";

const calm: Evidence = {
  enqueued: new Map([
    ["a", "newsletter"],
    ["b", "vouchers"],
  ]),
  accepted: [
    { id: "a", claim: "batch1/0" },
    { id: "b", claim: "batch1/1" },
  ],
  quarantined: new Map(),
  deadLetters: new Set(),
  held: new Set(),
  onQueues: 0,
  unknown: new Set(),
  resent: new Set(),
  droppedAsSent: 0,
  byWarmingIps: 0,
  overAllowance: 0,
};

const verdict = (changes: Partial<Evidence>) => verdictOf({ ...calm, ...changes }, new Set(["vouchers"]));
const again = (id: string, times: number) =>
  Array.from({ length: times }, (_, n) => ({ id, claim: `later${n}/0` })).concat(calm.accepted);

describe("a run under kills is found out when", () => {
  test("a message is nowhere", () => {
    expect(verdict({ accepted: calm.accepted.slice(1) }).lost).toEqual(["a"]);
  });

  test("a message is sent twice and no unknown was counted", () => {
    const found = verdict({ accepted: again("a", 1) });
    expect(found.duplicates).toBe(1);
    expect(found.unexplained).toEqual(["a: sent again though later0/0 was not counted as resent"]);
  });

  test("an unknown that was counted for one call is all there is for two duplicates", () => {
    const found = verdict({ accepted: again("a", 2), resent: new Set(["later0/0"]) });
    expect(found.duplicates).toBe(2);
    expect(found.unexplained).toHaveLength(1);
  });

  test("a message is sent more often than an unknown outcome allows", () => {
    const found = verdict({ accepted: again("a", 3), resent: new Set(["later0/0", "later1/0", "later2/0"]) });
    expect(found.unexplained).toEqual(["a: sent 4 times"]);
  });

  test("a stream that forbids it is sent twice", () => {
    const found = verdict({ accepted: again("b", 1), resent: new Set(["later0/0"]) });
    expect(found.unexplained).toEqual(["b: sent twice though stream vouchers forbids it"]);
  });

  test("a good message is in quarantine for anything but an unknown outcome", () => {
    expect(verdict({ quarantined: new Map([["a", "not-json"]]) }).unexplained).toHaveLength(1);
  });

  test("mail leaves that nobody enqueued", () => {
    expect(verdict({ enqueued: new Map([["a", "newsletter"]]) }).unexplained).toHaveLength(1);
  });
});

describe("a run under kills is in order when", () => {
  test("every message is sent once", () => {
    expect(verdict({})).toMatchObject({ lost: [], duplicates: 0, unexplained: [] });
  });

  test.each([
    { place: "quarantine", found: { quarantined: new Map([["a", "outcome-unknown"]]) } },
    { place: "dead letters", found: { deadLetters: new Set(["a"]) } },
    { place: "the held table", found: { held: new Set(["a"]) } },
  ])("a message that was not sent is in $place", ({ found }) => {
    expect(verdict({ accepted: calm.accepted.slice(1), ...found })).toMatchObject({ lost: [], unexplained: [] });
  });

  test("a duplicate has a counted unknown of its own", () => {
    const resent = new Set(["later0/0"]);
    expect(verdict({ accepted: again("a", 1), resent, unknown: resent })).toEqual({
      lost: [],
      duplicates: 1,
      unexplained: [],
      unknownsAccepted: 1,
      resentAccepted: 1,
    });
  });
});
