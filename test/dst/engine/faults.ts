import type { Random } from "./random.ts";

/** What becomes of one attempt of a call. */
export type Fate =
  | "answered"
  | "request-lost"
  | "reply-lost"
  /** Carried out after the caller has given up waiting. */
  | "late"
  | "throttled"
  | "failed-before"
  | "failed-after"
  | "killed-before"
  | "killed-after"
  | "frozen-before"
  | "frozen-after";

/** Faults that do not belong to a call, and are drawn where they may happen. */
export type Hazard = "delivered-twice" | "delete-lost" | "dead-on-success";

/** Who decides about faults: chance, or a plan. */
export interface Faults {
  /** Decides the fate of an attempt before it is made. */
  fateOf(service: string, operation: string): Fate;
  happens(hazard: Hazard): boolean;
  /** How long a freeze takes, ms. */
  freezeMs(): number;
  /** Nothing goes wrong from now on. */
  stop(): void;
  /** Faults so far. */
  readonly count: number;
  /** Counts a fault that was decided elsewhere. */
  add(): void;
}

/** Probability of each fate of an attempt, and of each hazard. */
export interface FaultRates {
  readonly fates: Readonly<Partial<Record<Fate, number>>>;
  readonly hazards: Readonly<Partial<Record<Hazard, number>>>;
}

/** Faults by chance. */
export class SeededFaults implements Faults {
  count = 0;
  readonly #random: Random;
  readonly #rates: FaultRates;
  readonly #fates: readonly [Fate, number][];
  readonly #total: number;
  /** What happens to calls of a service that is down; undefined for one that is up. */
  readonly #down: (service: string) => readonly Fate[] | undefined;
  #stopped = false;

  constructor(random: Random, rates: FaultRates, down: (service: string) => readonly Fate[] | undefined) {
    this.#random = random;
    this.#down = down;
    this.#rates = rates;
    this.#fates = Object.entries(rates.fates) as [Fate, number][];
    this.#total = this.#fates.reduce((sum, [, rate]) => sum + rate, 0);
  }

  fateOf(service: string): Fate {
    if (this.#stopped) return "answered";
    const down = this.#down(service);
    if (down !== undefined) {
      this.count += 1;
      return this.#random.pick(down);
    }
    if (this.#total === 0) return "answered";
    let drawn = this.#random.next();
    if (drawn >= this.#total) return "answered";
    this.count += 1;
    for (const [fate, rate] of this.#fates) {
      if (drawn < rate) return fate;
      drawn -= rate;
    }
    return "answered";
  }

  happens(hazard: Hazard): boolean {
    if (this.#stopped || !this.#random.chance(this.#rates.hazards[hazard] ?? 0)) return false;
    this.count += 1;
    return true;
  }

  /** Some freezes end in time, some only after the function's own time, some after its messages are visible again. */
  freezeMs(): number {
    return this.#random.pick([800, 6_000, 20_000, 40_000, 150_000, 400_000]) * this.#random.between(0.5, 1.5);
  }

  stop(): void {
    this.#stopped = true;
  }

  add(): void {
    this.count += 1;
  }
}
