import type { SeedResult } from "../../shared/domain/simulation/simulate-seed.ts";
import {
  type PoorListSummary,
  type RecoverySummary,
  type Summary,
  summarize,
  summarizePoorList,
  summarizeRecovery,
} from "../../shared/domain/simulation/summary.ts";
import type { Job } from "./job.ts";

/** What `--json` prints for one policy. */
export interface PolicyResult extends Summary, Partial<RecoverySummary>, Partial<PoorListSummary> {
  /** As it was named on the command line. */
  readonly model: string;
  readonly policy: string;
  readonly seeds: number;
  readonly from: number;
  readonly days: number;
  readonly delayDays: number;
  readonly delayHours: number;
}

/**
 * One result for each policy of a job.
 * @param found - for each seed one result per policy
 * @param model - as it was named on the command line
 */
export function resultsOf(job: Job, found: readonly (readonly SeedResult[])[], model: string): PolicyResult[] {
  const { names, from, seeds, scenario } = job;
  const { days, delayDays, delayHours, shock, complaintRate } = scenario;
  return names.map((policy, index) => {
    const ofPolicy = found.flatMap((each) => each[index] ?? []);
    const scores = ofPolicy.map(({ score }) => score);
    const oracle = ofPolicy.map((each) => each.oracle);
    return {
      ...{ model, policy, seeds, from, days, delayDays, delayHours },
      ...summarize(scores, oracle),
      ...(shock !== undefined && summarizeRecovery(ofPolicy.map(({ recovery }) => recovery))),
      ...(complaintRate !== undefined && summarizePoorList(ofPolicy.map(({ poorList }) => poorList))),
    };
  });
}
