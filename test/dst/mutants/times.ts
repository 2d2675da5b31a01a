import type { Mutant } from "./mutant.ts";

/** Bugs of clocks, of ages and of what is kept for how long. */
export const timeMutants: readonly Mutant[] = [
  {
    name: "clock-ahead-believed",
    file: "shared/app/clock/trust-clock.ts",
    find: "if (Math.abs(ownMs - serviceMs) > toleratedMs) throw",
    replace: "if (serviceMs - ownMs > toleratedMs) throw",
    why: "A function whose clock is weeks ahead releases, sends and forgets what is not due for weeks.",
  },
  {
    name: "clock-behind-believed",
    file: "shared/app/clock/trust-clock.ts",
    find: "if (Math.abs(ownMs - serviceMs) > toleratedMs) throw",
    replace: "if (ownMs - serviceMs > toleratedMs) throw",
    why: "A function whose clock is a day behind sends on yesterday's allowance.",
  },
  {
    name: "batch-that-nobody-vouches-for",
    file: "shared/app/clock/stamps.ts",
    find: "receives === 1 && Math.abs(nowMs - firstReceivedMs) <= toleratedMs",
    replace: "receives > 1 || Math.abs(nowMs - firstReceivedMs) <= toleratedMs",
    why: "A batch of mail that came before says nothing of now, and is worked by whatever clock.",
  },
  {
    name: "age-from-the-first-enqueuing",
    file: "shared/domain/sending/id-life.ts",
    find: "Math.max(enqueuedAtMs, claimedAtMs, sendAfterMs)",
    replace: "Math.max(enqueuedAtMs)",
    why: "Mail that may leave in six weeks dies of its age before it is tried once.",
  },
  {
    name: "claim-forgotten-before-its-time",
    file: "shared/domain/sending/id-life.ts",
    find: "claimLifeMs = promisedMs + longestUnseenMs + dayMs",
    replace: "claimLifeMs = 14 * dayMs",
    why: "An id is forgotten two weeks before its time, and a copy of its message is sent beside it.",
  },
  {
    name: "held-body-expires-with-its-mail",
    file: "shared/ports/held-mail.ts",
    find: "export const bodyKeptMs = ",
    replace: "export const bodyKeptMs = 0 * ",
    why: "Mail that is released a little late has no body any more.",
  },
];
