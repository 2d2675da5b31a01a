import { describe, expect, test } from "vitest";
import { type ClaimEvidence, parseClaimTag, standingOf } from "../../shared/domain/sending/claim.ts";
import { delaySeconds } from "../../shared/domain/sending/delay.ts";
import { messageTag } from "../../shared/domain/sending/message-tag.ts";
import { aClaim, noonMs } from "../support/builders.ts";

const claim = aClaim({ position: 3, deadlineMs: noonMs });
const nothing = new Set<number>();
const receipt = (sent: number[], unknown: number[]) => ({ batch: claim.batch, sent, unknown });

function standing(changes: Partial<ClaimEvidence>) {
  const evidence = { claim, fingerprint: claim.fingerprint, receipt: undefined, proof: nothing, nowMs: noonMs + 1 };
  return standingOf({ ...evidence, ...changes });
}

describe("standing of a claimed message", () => {
  test.each<[string, Partial<ClaimEvidence>, ReturnType<typeof standingOf>]>([
    ["its receipt lists it as sent", { receipt: receipt([3], []) }, { kind: "sent", provenBy: "receipt" }],
    ["an event proved it and no receipt came", { proof: new Set([3]) }, { kind: "sent", provenBy: "proof" }],
    [
      "an event proved what the receipt calls unknown",
      { receipt: receipt([], [3]), proof: new Set([3]) },
      { kind: "sent", provenBy: "proof" },
    ],
    ["its receipt lists others only", { receipt: receipt([1], [2]) }, { kind: "not-sent" }],
    ["its receipt lists nothing", { receipt: receipt([], []) }, { kind: "not-sent" }],
    ["its receipt came before the deadline", { receipt: receipt([], []), nowMs: 0 }, { kind: "not-sent" }],
    [
      "its receipt lists it as unknown",
      { receipt: receipt([1], [3]) },
      { kind: "unknown", sinceMs: noonMs, silent: false },
    ],
    [
      "its receipt lists it as unknown before the deadline",
      { receipt: receipt([], [3]), nowMs: 0 },
      { kind: "unknown", sinceMs: noonMs, silent: false },
    ],
    ["no receipt, and the deadline has not passed", { nowMs: noonMs }, { kind: "owner-at-work" }],
    ["no receipt, and the deadline has passed", {}, { kind: "unknown", sinceMs: noonMs, silent: false }],
    [
      "an event proved another position only",
      { proof: new Set([4]) },
      { kind: "unknown", sinceMs: noonMs, silent: false },
    ],
    [
      "other content, whatever the receipt says",
      { fingerprint: "other", receipt: receipt([3], []) },
      { kind: "other-content" },
    ],
  ])("%s", (_, evidence, expected) => {
    expect(standing(evidence)).toEqual(expected);
  });
});

describe("claim tags", () => {
  test.each([
    "",
    "batch",
    "batch-1",
    "batch-1-",
    "batch--1",
    "ba.tch-1-1",
    "batch-x-1",
    "batch-1-1-1",
    " batch-1-1",
    `${"b".repeat(65)}-1-1`,
  ])("%j is none of ours", (tag) => {
    expect(parseClaimTag(tag)).toBeUndefined();
  });
});

describe("message tags", () => {
  test("an id of plain characters reads as itself", () => {
    expect(messageTag("order-8341-receipt")).toBe("order-8341-receipt");
  });

  test("an id that grows too long has none", () => {
    expect(messageTag("€".repeat(51))).toHaveLength(255);
    expect(messageTag("€".repeat(52))).toBeUndefined();
  });
});

test.each([
  [-5_000, 1],
  [0, 1],
  [1, 1],
  [1_000, 1],
  [1_001, 2],
  [900_000, 900],
  [900_001, 900],
])("a wait of %i ms is a delay of %i s", (waitMs, seconds) => {
  expect(delaySeconds(waitMs)).toBe(seconds);
});
