import { describe, expect, test } from "vitest";
import { type Allowance, roomIn } from "../../shared/domain/sending/allowance.ts";
import { openPart } from "../../shared/domain/sending/pace.ts";

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const midnightMs = Date.parse("2026-11-02T00:00:00Z");
const room = (allowance: Partial<Allowance>, hour: number) =>
  roomIn({ limit: 1_000, used: 0, epoch: 1, ...allowance }, midnightMs + hour * 3_600_000 + 60_000);

describe("a day's allowance", () => {
  test("that is paced opens hour by hour, faster in the morning, and is all open in the last hour (guide rows 4, 20)", () => {
    const parts = hours.map((hour) => openPart("paced", hour));
    const steps = parts.map((part, hour) => part - (parts[hour - 1] ?? 0));
    expect(parts.at(-1)).toBe(1);
    expect(steps.every((step, hour) => step > 0 && step <= (steps[hour - 1] ?? 1))).toBe(true);
    expect(openPart("paced", 11)).toBeCloseTo(0.59, 1);
  });

  test("that is open opens at once", () => {
    expect(hours.map((hour) => openPart("open", hour))).toEqual(hours.map(() => 1));
  });

  test("that probes opens 2 % an hour for three hours, then as a paced one", () => {
    expect([0, 1, 2].map((hour) => openPart("probing", hour))).toEqual([0.02, 0.04, 0.06]);
    expect(openPart("probing", 3)).toBe(openPart("paced", 3));
  });

  test("has room for what is open and not used yet", () => {
    expect(room({ pace: "paced" }, 0)).toBe(93);
    expect(room({ pace: "paced", used: 90 }, 0)).toBe(3);
    expect(room({ pace: "paced", used: 90 }, 23)).toBe(910);
  });

  test("of one recipient is open from the first hour", () => {
    expect(room({ pace: "paced", limit: 1 }, 0)).toBe(1);
  });

  test("under a brake opens what both leave", () => {
    const brake = {
      step: "stop",
      trickles: false,
      sinceMs: midnightMs,
      untilMs: midnightMs + 86_400_000,
      floor: 50,
    } as const;
    expect(room({ pace: "paced", used: 50, brake }, 12)).toBe(0);
  });
});
