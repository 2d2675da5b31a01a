import middy from "@middy/core";
import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { type ReleasePorts, releaseHeld } from "../../shared/app/release-held.ts";
import { onTrustedClock } from "../trusted-clock.ts";

/** Time kept free at the end of a run for what is under way, ms. */
const finishMs = 10_000;

/** Run by a schedule every few minutes; what it does depends on the clock alone, not on the schedule's time. */
export const makeHandler = ({ ports }: { readonly ports: ReleasePorts & ClockPorts }) =>
  middy<unknown, void>()
    .use(onTrustedClock(ports))
    .handler((_event, context) =>
      releaseHeld(ports, ports.clock.nowMs() + context.getRemainingTimeInMillis() - finishMs),
    );
