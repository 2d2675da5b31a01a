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
];
