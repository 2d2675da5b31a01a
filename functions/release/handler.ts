import middy from "@middy/core";
import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { releaseHeld } from "../../shared/app/release/release-held.ts";
import type { ReleasePorts } from "../../shared/app/release/release-run.ts";
import { tellLate } from "../../shared/app/release/tell-late.ts";
import type { Deployment } from "../../shared/domain/routing/route-search.ts";
import { onTrustedClock } from "../trusted-clock.ts";

/** Time kept free at the end of a run for what is under way, ms. */
const finishMs = 10_000;

export interface ReleaseDependencies {
  readonly ports: ReleasePorts & ClockPorts;
  readonly deployment: Deployment;
}

/** Run by a schedule every few minutes; what it does depends on the clock alone, not on the schedule's time. */
export const makeHandler = ({ ports, deployment }: ReleaseDependencies) =>
  middy<unknown, void>()
    .use(onTrustedClock(ports))
    .handler(async (_event, context) => {
      const deadlineMs = ports.clock.nowMs() + context.getRemainingTimeInMillis() - finishMs;
      // Beside the release, not after it: a release that does not keep up is what is told.
      const ends = await Promise.allSettled([releaseHeld(ports, deployment, deadlineMs), tellLate(ports)]);
      const failures = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
      if (failures.length > 0) throw new AggregateError(failures, "held mail was not released, or not looked at");
    });
