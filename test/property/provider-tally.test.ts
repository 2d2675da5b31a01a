import fc from "fast-check";
import { expect, test } from "vitest";
import { MailSlots } from "../../shared/domain/brakes/mail-slots.ts";
import { ProviderTally } from "../../shared/domain/brakes/provider-tally.ts";
import type { Tally } from "../../shared/domain/brakes/tally.ts";
import { parseSign, type SignSlot, signKinds, signText, slotMs } from "../../shared/domain/feedback/sign.ts";
import { noonMs } from "../support/builders.ts";

const name = fc.oneof(
  fc.constantFrom("AAAAAAAAA", "AAAAAAAAB", "BAAAAAAAA", "---------", "_________", "zzzzzzzzz"),
  fc.stringMatching(/^[A-Za-z0-9_-]{9}$/),
  fc.string({ maxLength: 10 }),
);

test("mails stay at their earliest slot, whatever they are named and however many there are", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.nat({ max: 5 })), { maxLength: 200 }), (puts) => {
      const [slots, expected] = [new MailSlots(), new Map<string, number>()];
      for (const [mail, slot] of puts) {
        expect(slots.lower(mail, slot)).toBe(expected.get(mail));
        expected.set(mail, Math.min(slot, expected.get(mail) ?? slot));
      }
    }),
  );
});

const sign = fc
  .record({
    route: fc.constantFrom("warming" as const, "established" as const, "shared" as const),
    kind: fc.constantFrom(...signKinds),
    mail: fc.constantFrom("AAAAAAAAA", "AAAAAAAAB", "AAAAAAAAC", "AAAAAAAAD", "mail"),
  })
  .map(signText);
const piece = fc.record({ minutes: fc.integer({ min: 0, max: 5 }), stream: fc.constantFrom("news", "digest"), sign });
const pieces = fc.array(
  piece.map(
    ({ minutes, stream, sign }): SignSlot => ({
      provider: "gmail",
      slotMs: noonMs + minutes * slotMs,
      byStream: new Map([[stream, new Set([sign])]]),
    }),
  ),
  { maxLength: 60 },
);

const noAnswers: readonly string[] = ["accepted", "complained", "unclassified", "suppressed", "unsent"];

/** The same by another way: all signs in order of time, and each mail the first time it is met. */
function expectedAnswers(slots: readonly SignSlot[]): [number, number, number][] {
  const inOrder = slots.toSorted((one, other) => one.slotMs - other.slotMs);
  const answers = inOrder.flatMap(({ slotMs: startMs, byStream }) =>
    [...byStream.values()]
      .flatMap((texts) => [...texts].flatMap((text) => parseSign(text) ?? []))
      .filter(({ route, kind }) => route === "warming" && !noAnswers.includes(kind))
      .map((answer) => ({ ...answer, startMs })),
  );
  const newIn = (startMs: number, among: typeof answers): number =>
    among.filter(
      ({ mail }, index) => among[index]?.startMs === startMs && among.findIndex((each) => each.mail === mail) === index,
    ).length;
  const refusals = answers.filter(({ kind }) => /^(throttled|blocked)/.test(kind));
  const starts = [...new Set(inOrder.map(({ slotMs: startMs }) => startMs))];
  return starts.map((startMs) => [startMs, newIn(startMs, answers), newIn(startMs, refusals)]);
}

const tallyOf = (slots: readonly SignSlot[]): Tally[] => {
  const tally = new ProviderTally();
  for (const slot of slots) tally.add(slot);
  return tally.of("warming");
};

test("each mail counts in the slot it was answered in first, and in the one it was refused in first", () => {
  fc.assert(
    fc.property(pieces, (slots) => {
      const found = tallyOf(slots).map(({ slotMs: startMs, answers, refused }) => [startMs, answers, refused.refused]);
      expect(found).toEqual(expectedAnswers(slots));
    }),
  );
});

test("pieces added in any order, and again, count the same", () => {
  fc.assert(
    fc.property(pieces, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 40 }), (slots, swaps) => {
      const shuffled = [...slots, ...slots.slice(0, 10)];
      for (const [one, other] of swaps) {
        if (shuffled.length === 0) break;
        const [from, to] = [one % shuffled.length, other % shuffled.length];
        [shuffled[from], shuffled[to]] = [shuffled[to] as SignSlot, shuffled[from] as SignSlot];
      }
      expect(tallyOf(shuffled)).toEqual(tallyOf(slots));
    }),
  );
});
