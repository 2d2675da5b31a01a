import type { BrakeSign } from "./brake-rule.ts";

/** New refusals and all answers of ten minutes. */
export interface Tally {
  readonly slotMs: number;
  readonly endMs: number;
  readonly refused: Readonly<Record<BrakeSign, number>>;
  readonly answers: number;
}

export function forEachSign<Value>(of: (sign: BrakeSign) => Value): Record<BrakeSign, Value> {
  return {
    throttled: of("throttled"),
    "throttled-sure": of("throttled-sure"),
    blocked: of("blocked"),
    "blocked-sure": of("blocked-sure"),
    refused: of("refused"),
  };
}

/** Several days' mail together: a slot counts whole, whichever day's mail was answered in it. @returns in order of time */
export function uniteTallies(ofDays: readonly (readonly Tally[])[]): Tally[] {
  const united = new Map<number, Tally>();
  for (const tally of ofDays.flat()) {
    const before = united.get(tally.slotMs);
    united.set(tally.slotMs, before === undefined ? tally : sum(before, tally));
  }
  return [...united.values()].sort((one, other) => one.slotMs - other.slotMs);
}

function sum(one: Tally, other: Tally): Tally {
  const refused = forEachSign((sign) => one.refused[sign] + other.refused[sign]);
  return { ...one, refused, answers: one.answers + other.answers };
}
