import fc from "fast-check";
import { expect, test } from "vitest";
import { afterAnswer, afterThrottle, afterTurn, burstMs, newTurns, paceAt } from "../../shared/domain/sending/turns.ts";

interface Begun {
  readonly atMs: number;
  readonly recipients: number;
}

const step = fc.record({
  /** Idle time before, or how late a timer wakes, ms. */
  lateMs: fc.oneof(fc.constant(0), fc.nat(20), fc.nat(5_000)),
  recipients: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 50 })),
  answer: fc.constantFrom("accepted", "accepted", "accepted", "throttled"),
});

/** Calls as an environment makes them that always has mail: at its turn, or later. */
function calls(share: number, steps: readonly { lateMs: number; recipients: number; answer: string }[]): Begun[] {
  let [turns, nowMs] = [newTurns, 1_000_000];
  return steps.map(({ lateMs, recipients, answer }) => {
    nowMs = Math.max(nowMs, Math.ceil(turns.nextAtMs)) + lateMs;
    turns = afterTurn(turns, { nowMs, recipients, perSecond: paceAt(turns, share, nowMs) });
    const begun = { atMs: nowMs, recipients };
    turns =
      answer === "throttled" ? afterThrottle(turns, { beganMs: nowMs, nowMs: nowMs + 50 }) : afterAnswer(turns, nowMs);
    return begun;
  });
}

test("within any time an environment begins no more than its share of it, a burst, and the last mail", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.2, max: 500, noNaN: true }), fc.array(step, { maxLength: 60 }), (share, steps) => {
      const begun = calls(share, steps);
      for (let from = 0; from < begun.length; from += 1) {
        let recipients = 0;
        for (const { atMs, recipients: more } of begun.slice(from)) {
          // The last one is free to be large: it goes at its turn, and those behind it wait.
          const allowed = (share * (atMs - (begun[from]?.atMs ?? 0) + burstMs)) / 1000;
          expect(recipients).toBeLessThanOrEqual(allowed + 1e-6);
          recipients += more;
        }
      }
    }),
  );
});

test("an environment that always has mail and is never throttled uses its share", () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 500, noNaN: true }), fc.integer({ min: 0, max: 5 }), (share, lateMs) => {
      const begun = calls(
        share,
        Array.from({ length: 200 }, () => ({ lateMs, recipients: 1, answer: "accepted" })),
      );
      const lastedMs = (begun.at(-1)?.atMs ?? 0) - (begun[0]?.atMs ?? 0);
      const slowest = 1000 / share + 2 * lateMs + 2;
      // Timers that wake late are made up for, as long as the wake-up itself is not slower than the share.
      if (lateMs + 1 < 1000 / share) expect((200 * 1000) / share).toBeGreaterThan(lastedMs - slowest);
    }),
  );
});
