import middy from "@middy/core";
import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { releaseHeld } from "../../shared/app/release/release-held.ts";
import type { ReleaseLimits, ReleasePorts } from "../../shared/app/release/release-run.ts";
import type { Deployment } from "../../shared/domain/routing/route-search.ts";
import { onTrustedClock } from "../trusted-clock.ts";

/** Time kept free at the end of a run for what is under way, ms. */
const finishMs = 10_000;

export interface ReleaseDependencies {
  readonly ports: ReleasePorts & ClockPorts;
  readonly deployment: Deployment;
  /** @default those of the product */
  readonly limits?: ReleaseLimits;
}

/** Run by a schedule every few minutes; what it does depends on the clock alone, not on the schedule's time. */
export const makeHandler = ({ ports, deployment, limits }: ReleaseDependencies) =>
  middy<unknown, void>()
    .use(onTrustedClock(ports))
    .handler((_event, context) =>
      releaseHeld(ports, deployment, ports.clock.nowMs() + context.getRemainingTimeInMillis() - finishMs, limits),
    );
