import type { Fate, Faults } from "./faults.ts";

/** The death of whoever makes a call. @property at - number of the call in the history, from 1 */
export interface Crash {
  readonly at: number;
  readonly when: "killed-before" | "killed-after";
}

export interface FaultPlan {
  readonly crashes: readonly Crash[];
  /** Fates of the first calls of SendEmail. */
  readonly sends: readonly Fate[];
  /** Every message is delivered a second time while the first delivery may still be at work. */
  readonly isDeliveredTwice: boolean;
}

/** Faults by plan: for looking at every crash point there is. */
export class PlannedFaults implements Faults {
  count = 0;
  /** Operations called so far. */
  readonly calls: string[] = [];
  readonly #plan: FaultPlan;
  #sends = 0;
  #deliveries = 0;
  #stopped = false;

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  fateOf(_service: string, operation: string): Fate {
    if (this.#stopped) return "answered";
    this.calls.push(operation);
    const crash = this.#plan.crashes.find(({ at }) => at === this.calls.length);
    if (crash !== undefined) {
      this.count += 1;
      return crash.when;
    }
    if (operation !== "SendEmailCommand") return "answered";
    this.#sends += 1;
    return this.#plan.sends[this.#sends - 1] ?? "answered";
  }

  happens(hazard: string): boolean {
    if (this.#stopped || !this.#plan.isDeliveredTwice || hazard !== "delivered-twice") return false;
    this.#deliveries += 1;
    return this.#deliveries <= 3;
  }

  freezeMs(): number {
    return 0;
  }

  stop(): void {
    this.#stopped = true;
  }

  add(): void {
    this.count += 1;
  }
}
