import middy from "@middy/core";
import * as z from "zod";
import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { rampDay } from "../../shared/app/ramp/ramp-day.ts";
import type { RampPorts, RampSettings } from "../../shared/app/ramp/ramp-ports.ts";
import { onTrustedClock } from "../trusted-clock.ts";

/** What the schedule puts in: its own time, so that a late retry still belongs to the day it was meant for. */
const RampEvent = z.object({
  scheduledTime: z.iso.datetime({ offset: true, error: "expected the schedule's time, such as 2026-11-02T00:00:00Z" }),
});

export interface RampDependencies {
  readonly ports: RampPorts & ClockPorts;
  readonly settings: RampSettings;
}

/** Run by a schedule every hour; steps once a UTC day. @throws on an event without `scheduledTime` */
export const makeHandler = ({ ports, settings }: RampDependencies) =>
  middy<unknown, void>()
    .use(onTrustedClock(ports))
    .handler(async (event) => {
      await rampDay(ports, settings, Date.parse(RampEvent.parse(event).scheduledTime));
    });
