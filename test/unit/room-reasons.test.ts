import { describe, expect, test } from "vitest";
import type { BrakeInForce } from "../../shared/domain/brakes/brake.ts";
import { whyFull } from "../../shared/domain/routing/passed-over.ts";
import { type Allowance, whyNoRoom } from "../../shared/domain/sending/allowance.ts";
import { minuteMs, noonMs } from "../support/builders.ts";

const anAllowance = (changes: Partial<Allowance>): Allowance => ({ limit: 100, used: 0, epoch: 1, ...changes });
const stop = (floor: number): BrakeInForce => ({
  step: "stop",
  trickles: false,
  sinceMs: noonMs - minuteMs,
  untilMs: noonMs + minuteMs,
  floor,
});

describe("an allowance without room says why", () => {
  test.each([
    ["there is none for the day", undefined, 1, "no-allowance"],
    ["the day has an allowance of nothing", anAllowance({ limit: 0, used: 7 }), 1, "no-allowance"],
    ["all of it is used", anAllowance({ used: 100 }), 1, "spent"],
    ["less is left than a message needs", anAllowance({ used: 51 }), 50, "spent"],
    ["the rest is not open yet", anAllowance({ used: 70, pace: "paced" }), 1, "not-open-yet"],
    ["a brake keeps the rest shut", anAllowance({ used: 40, brake: stop(40) }), 1, "braked"],
    ["a brake leaves less than the pace", anAllowance({ used: 40, pace: "paced", brake: stop(40) }), 1, "braked"],
    ["the pace leaves less than a brake", anAllowance({ used: 70, pace: "paced", brake: stop(90) }), 1, "not-open-yet"],
    ["all of it is used, and a brake stands", anAllowance({ used: 100, brake: stop(100) }), 1, "spent"],
  ] as const)("%s", (_, allowance, recipients, reason) => {
    expect(whyNoRoom(allowance, recipients, noonMs)).toBe(reason);
  });

  test("and nothing where a message fits", () => {
    expect(whyNoRoom(anAllowance({ used: 50 }), 50, noonMs)).toBeUndefined();
  });
});

describe("a message to several providers finds no room", () => {
  test("for what its own provider lacks", () => {
    expect(whyFull(["spent", undefined])).toBe("spent");
    expect(whyFull(["braked", "spent"])).toBe("braked");
  });

  test("for another recipient's provider where its own has room", () => {
    expect(whyFull([undefined, "spent"])).toBe("other-provider-full");
  });

  test("nowhere when there is room at all of them", () => {
    expect(whyFull([undefined, undefined])).toBeUndefined();
  });
});
