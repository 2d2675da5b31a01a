import type { Clock } from "../../ports/clock.ts";
import type { ServiceClock } from "../../ports/service-clock.ts";
import { WrongClockError } from "./wrong-clock-error.ts";

export interface ClockPorts {
  readonly clock: Clock;
  readonly serviceClock: ServiceClock;
}

/** A clock may differ from the service's by this much, ms: as much as AWS lets the date of a signature differ. */
export const toleratedMs = 5 * 60_000;

/**
 * Compares a clock with the service's own before anything is written: days, holds and brakes that one clock dates are
 * read by all others.
 * @throws WrongClockError when it cannot be trusted
 */
export async function trustClock({ clock, serviceClock }: ClockPorts): Promise<void> {
  const serviceMs = await serviceClock.nowMs();
  const ownMs = clock.nowMs();
  if (Math.abs(ownMs - serviceMs) > toleratedMs) throw new WrongClockError(ownMs, serviceMs);
}
