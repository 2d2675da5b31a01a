import type { Clock } from "../../../shared/ports/clock.ts";
import type { ServiceClock } from "../../../shared/ports/service-clock.ts";

/** The service's own time: that of a test's clock, unless the test lets that one go wrong. */
export class MemoryServiceClock implements ServiceClock {
  /** What the test's clock is ahead of the service's, ms. */
  aheadMs = 0;
  asked = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async nowMs(): Promise<number> {
    this.asked += 1;
    return this.#clock.nowMs() - this.aheadMs;
  }
}
