import { type ProviderRun, reportsComplaints } from "./run-provider.ts";
import { totals } from "./score.ts";

/** How a policy answers a list that complains, where providers report complaints. */
export interface PoorList {
  /** Days from the day on which it can be known until the allowance has seen its highest. */
  readonly growthStopsAfterDays: number;
  /** Whether the volume of any later day passes the one two days after that day. */
  readonly volumeGrows: boolean;
}

/** Complaints to be expected before anybody can know. */
const tellingComplaints = 5;
const judgedAfterDays = 2;

/**
 * @param rate - true complaints per accepted recipient, as a fraction
 * @returns undefined when complaints never became so many
 */
export function poorListOf(runs: readonly ProviderRun[], rate: number): PoorList | undefined {
  const reporting = runs.filter(({ provider }) => reportsComplaints(provider));
  const accepted = totals(reporting.map((run) => run.accepted));
  const known = dayKnown(accepted, rate);
  if (known === undefined) return undefined;
  const allowance = totals(reporting.map((run) => run.allowance));
  const offered = totals(reporting.flatMap((run) => [run.accepted, run.deferred, run.blocked]));
  const then = offered[known + judgedAfterDays] ?? 0;
  return {
    growthStopsAfterDays: Math.max(0, lastHighest(allowance) - known),
    volumeGrows: offered.subarray(known + judgedAfterDays + 1).some((volume) => volume > then),
  };
}

/** Index of the first day by whose end so many complaints are to be expected. */
function dayKnown(accepted: Float64Array, rate: number): number | undefined {
  let complaints = 0;
  const index = accepted.findIndex((recipients) => {
    complaints += recipients * rate;
    return complaints >= tellingComplaints;
  });
  return index < 0 ? undefined : index;
}

/** Index of the last day that was higher than all before it. */
function lastHighest(values: Float64Array): number {
  let [highest, at] = [-1, 0];
  for (const [index, value] of values.entries()) {
    if (value <= highest) continue;
    highest = value;
    at = index;
  }
  return at;
}
