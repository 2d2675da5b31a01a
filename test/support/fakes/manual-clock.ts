import type { Clock } from "../../../shared/ports/clock.ts";

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  atMs: number;

  constructor(atMs: number) {
    this.atMs = atMs;
  }

  nowMs(): number {
    return this.atMs;
  }

  advance(ms: number): void {
    this.atMs += ms;
  }
}
