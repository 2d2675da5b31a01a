import middy from "@middy/core";
import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { checkGuard, type GuardedPools, type GuardPorts } from "../../shared/app/guard/check-guard.ts";
import { onTrustedClock } from "../trusted-clock.ts";

export interface GuardDependencies {
  readonly ports: GuardPorts & ClockPorts;
  readonly pools: GuardedPools;
}

/** Run by a schedule every hour; what it does depends on nothing in the event. */
export const makeHandler = ({ ports, pools }: GuardDependencies) =>
  middy<unknown, void>()
    .use(onTrustedClock(ports))
    .handler(async () => {
      await checkGuard(ports, pools);
    });
