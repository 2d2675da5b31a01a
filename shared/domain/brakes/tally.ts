import { parseSign, type Sign, type SignKind, type SignSlot, slotMs } from "../feedback/sign.ts";
import type { DedicatedRouteKind } from "../routing/route.ts";
import type { BrakeSign } from "./brake-rule.ts";

/** New refusals and all answers of ten minutes. */
export interface Tally {
  readonly slotMs: number;
  readonly endMs: number;
  readonly refused: Readonly<Record<BrakeSign, number>>;
  readonly answers: number;
}

const refusals = new Map<SignKind, readonly BrakeSign[]>([
  ["throttled", ["throttled", "refused"]],
  ["throttled-sure", ["throttled-sure", "throttled", "refused"]],
  ["blocked", ["blocked", "refused"]],
  ["blocked-sure", ["blocked-sure", "blocked", "refused"]],
]);

/** Kinds that are no answer of the provider about this mail. */
const noAnswer: ReadonlySet<SignKind> = new Set(["accepted", "complained", "unclassified"]);

/** Counts each mail in the first slot it was refused in, and in the first it was answered in. @returns in order of time */
export function tallySlots(route: DedicatedRouteKind, slots: readonly SignSlot[]): Tally[] {
  const seen = new Set<string>();
  const countNew = (what: string, mail: string): number => {
    const name = `${what} ${mail}`;
    if (seen.has(name)) return 0;
    seen.add(name);
    return 1;
  };
  return slots
    .toSorted((one, other) => one.slotMs - other.slotMs)
    .map((slot) => {
      const refused = { throttled: 0, "throttled-sure": 0, blocked: 0, "blocked-sure": 0, refused: 0 };
      let answers = 0;
      for (const { kind, mail } of answersIn(route, slot)) {
        answers += countNew("answer", mail);
        for (const on of refusals.get(kind) ?? []) refused[on] += countNew(on, mail);
      }
      return { slotMs: slot.slotMs, endMs: slot.slotMs + slotMs, refused, answers };
    });
}

function answersIn(route: DedicatedRouteKind, { byStream }: SignSlot): Sign[] {
  return [...byStream.values()].flatMap((texts) =>
    [...texts].flatMap((text) => {
      const sign = parseSign(text);
      return sign?.route === route && !noAnswer.has(sign.kind) ? [sign] : [];
    }),
  );
}
