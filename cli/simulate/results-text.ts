import { alignedTable } from "../table.ts";
import type { PolicyResult } from "./results.ts";

/** The results for a person: what they are of, then one line for each policy. */
export function resultsText(results: readonly PolicyResult[]): string[] {
  const [first] = results;
  if (first === undefined) return [];
  const { model, seeds, from, days, delayDays, delayHours } = first;
  const headings = results.map((result) => cells(result).map(([heading]) => heading))[0] ?? [];
  const oracle = first.oracleDaysToFull;
  return [
    `In our simulator, model ${model}: seeds ${from} to ${from + seeds - 1}, ${days} days; closed days are known after ${delayDays} more, refusals of today after ${delayHours} hours`,
    `The oracle, which knows the hidden capacity, is full after ${inDays(oracle.median, days)} days (median), ${inDays(oracle.p90, days)} (p90)`,
    "",
    ...alignedTable(
      [{ heading: "policy" }, ...headings.map((heading) => ({ heading, figures: true }))],
      results.map((result) => [result.policy, ...cells(result).map(([, cell]) => cell)]),
    ),
    "",
    "full: 95 % of all mail by dedicated IPs, three days in a row. share: of all mail. refused: recipients of 10,000.",
    "blocked days: at one provider, 95 % of the runs have no more. -: not within the days. ±: standard error.",
  ];
}

type Cell = readonly [heading: string, text: string];

function cells(result: PolicyResult): Cell[] {
  const { daysToFull, days, standardErrors: errors } = result;
  return [
    ["days to full", inDays(daysToFull.median, days)],
    ["p90", inDays(daysToFull.p90, days)],
    ["never", percent(result.neverFull)],
    ["share", `${percent(result.dedicatedShare)} ±${(100 * errors.dedicatedShare).toFixed(1)}`],
    ["of oracle's", `${result.shareOfOracle.toFixed(3)} ±${errors.shareOfOracle.toFixed(3)}`],
    ["refused", `${result.badPer10k.toFixed(1)} ±${errors.badPer10k.toFixed(1)}`],
    ["blocked days", String(result.blockDaysP95)],
    ...recoveryCells(result),
    ...poorListCells(result),
  ];
}

function recoveryCells({ recoveryDays, badPer10kAfterShock }: PolicyResult): Cell[] {
  if (recoveryDays === undefined) return [];
  return [
    ["recovery, days", told(recoveryDays.median)],
    ["p90", told(recoveryDays.p90)],
    ["refused after it", (badPer10kAfterShock ?? 0).toFixed(1)],
  ];
}

function poorListCells({ growthStopsAfterDays, volumeGrows }: PolicyResult): Cell[] {
  if (growthStopsAfterDays === undefined) return [];
  return [
    ["growth stops, days", told(growthStopsAfterDays.median)],
    ["p90", told(growthStopsAfterDays.p90)],
    ["volume grows on", percent(volumeGrows ?? 0)],
  ];
}

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)}%`;
/** No run to judge has no figure. */
const told = (value: number): string => (Number.isNaN(value) ? "-" : String(value));
const inDays = (value: number, days: number): string => (value > days ? "-" : String(value));
