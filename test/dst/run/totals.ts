import type { Verdict, Violation } from "../check/judge.ts";

/** What a number of seeds came to; the output of the command. */
export interface Totals {
  seeds: number;
  steps: number;
  faults: number;
  lost: number;
  overAllowance: number;
  crossPool: number;
  duplicates: number;
  unexplainedDuplicates: number;
  unknowns: number;
  duplicatesWhileHeard: number;
  unknownsWhileHeard: number;
  leaked: number;
  limits: number;
  undrained: number;
  readonly violations: Violation[];
}

/** More violations than this are counted, not listed. */
const mostListed = 1_000;

const counted = [
  "steps",
  "faults",
  "lost",
  "overAllowance",
  "crossPool",
  "duplicates",
  "unexplainedDuplicates",
  "unknowns",
  "duplicatesWhileHeard",
  "unknownsWhileHeard",
  "leaked",
  "limits",
  "undrained",
] as const;

export function noTotals(): Totals {
  const zeros = Object.fromEntries(counted.map((name) => [name, 0])) as Record<(typeof counted)[number], number>;
  return { seeds: 0, ...zeros, violations: [] };
}

export function addVerdict(totals: Totals, verdict: Verdict): void {
  totals.seeds += 1;
  addCounts(totals, verdict);
}

export function addTotals(totals: Totals, more: Totals): void {
  totals.seeds += more.seeds;
  addCounts(totals, more);
}

function addCounts(
  totals: Totals,
  more: Omit<Verdict, "violations"> & { readonly violations: readonly Violation[] },
): void {
  for (const name of counted) totals[name] += more[name];
  for (const violation of more.violations) if (totals.violations.length < mostListed) totals.violations.push(violation);
}

/** The totals as the command prints them. */
export function outputOf({ leaked, limits, violations, ...totals }: Totals): object {
  const { seeds, steps, faults, undrained, ...found } = totals;
  const leakedAllowanceShare = limits === 0 ? 0 : Number((leaked / limits).toPrecision(3));
  const inOrder = violations.toSorted((one, other) => one.seed - other.seed);
  return { seeds, steps, faults, ...found, leakedAllowanceShare, undrained, violations: inOrder };
}
