import middy from "@middy/core";
import { judgeQuality } from "../../shared/app/quality/judge-quality.ts";
import type { QualityPorts, QualitySettings } from "../../shared/app/quality/quality-ports.ts";

export interface QualityDependencies {
  readonly ports: QualityPorts;
  readonly settings: QualitySettings;
}

/** Run by a schedule every half hour; what it does depends on nothing in the event. */
export const makeHandler = ({ ports, settings }: QualityDependencies) => {
  return middy<unknown, void>().handler(() => judgeQuality(ports, settings));
};
