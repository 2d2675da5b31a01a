import middy from "@middy/core";
import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { judgeQuality } from "../../shared/app/quality/judge-quality.ts";
import type { QualityPorts, QualitySettings } from "../../shared/app/quality/quality-ports.ts";
import { onTrustedClock } from "../trusted-clock.ts";

export interface QualityDependencies {
  readonly ports: QualityPorts & ClockPorts;
  readonly settings: QualitySettings;
}

/** Run by a schedule every half hour; what it does depends on nothing in the event. */
export const makeHandler = ({ ports, settings }: QualityDependencies) => {
  return middy<unknown, void>()
    .use(onTrustedClock(ports))
    .handler(() => judgeQuality(ports, settings));
};
