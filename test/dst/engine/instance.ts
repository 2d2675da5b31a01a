import type { Due, Scheduler } from "./scheduler.ts";

/** One run of a function. */
export interface Invocation {
  readonly id: number;
  readonly startMs: number;
  /** When Lambda ends it, epoch ms. */
  readonly deadlineMs: number;
  /** It was killed, ran out of its time or was frozen: nobody can know how far it came. */
  cut: boolean;
}

/** One execution environment of a function, with a memory and a clock of its own. */
export class Instance {
  readonly id: number;
  readonly name: string;
  /** What its clock is ahead of the true time, ms. */
  readonly skewMs: number;
  /** What it is off beside that, ms: far beyond what clocks may differ, until somebody sets it right. */
  wrongMs: number;
  isAlive = true;
  frozenUntilMs = 0;
  invocation: Invocation | undefined;
  /** Told when the instance is killed. */
  whenKilled: () => void = () => {};
  readonly #scheduler: Scheduler;

  constructor(
    scheduler: Scheduler,
    around: { readonly id: number; readonly name: string; readonly skewMs: number; readonly wrongMs?: number },
  ) {
    this.#scheduler = scheduler;
    this.id = around.id;
    this.name = around.name;
    this.skewMs = around.skewMs;
    this.wrongMs = around.wrongMs ?? 0;
  }

  /** Its own clock, epoch ms. */
  nowMs(): number {
    return Math.floor(this.#scheduler.nowMs) + this.skewMs + this.wrongMs;
  }

  kill(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    if (this.invocation !== undefined) this.invocation.cut = true;
    this.whenKilled();
  }

  freeze(untilMs: number): void {
    this.frozenUntilMs = Math.max(this.frozenUntilMs, untilMs);
    if (this.invocation !== undefined) this.invocation.cut = true;
  }

  isFrozen(): boolean {
    return this.frozenUntilMs > this.#scheduler.nowMs;
  }

  /** Runs something inside the instance: not while it is frozen, and never once it is dead. */
  at(atMs: number, run: () => void): Due {
    return this.#scheduler.at(atMs, () => {
      if (!this.isAlive) return;
      if (this.isFrozen()) this.at(this.frozenUntilMs, run);
      else inside(this, run);
    });
  }

  after(waitMs: number, run: () => void): Due {
    return this.at(this.#scheduler.nowMs + waitMs, run);
  }
}

let current: Instance | undefined;

/**
 * The instance whose code runs. The scheduler lets one thing happen at a time and all that follows from it runs before
 * the next, so this stays true across the awaits in between.
 */
export function currentInstance(): Instance | undefined {
  return current;
}

export function inside(instance: Instance, run: () => void): void {
  current = instance;
  run();
}
