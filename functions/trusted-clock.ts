import type { MiddlewareObj } from "@middy/core";
import { type ClockPorts, trustClock } from "../shared/app/clock/trust-clock.ts";
import { WrongClockError } from "../shared/app/clock/wrong-clock-error.ts";
import type { Log } from "../shared/ports/log.ts";

/** Lets a run begin only where its clock agrees with the service's: it ends before anything is read or written. */
export function onTrustedClock(ports: ClockPorts & { readonly log: Log }): MiddlewareObj<unknown> {
  return {
    before: async () => {
      try {
        await trustClock(ports);
      } catch (error) {
        if (error instanceof WrongClockError) ports.log.error("CLOCK_WRONG", { says: error.message });
        throw error;
      }
    },
  };
}
