import type { Caught } from "./catch-mutants.ts";
import type { Totals } from "./totals.ts";

const figure = new Intl.NumberFormat("en-US");

/** What was found, for a person. */
export function reportOf(totals: Totals): string {
  const { seeds, steps, faults, leaked, limits, violations } = totals;
  const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toPrecision(2)} %`;
  const lines = [
    `${figure.format(seeds)} histories, ${figure.format(steps)} steps, ${figure.format(faults)} faults (${percent(faults, steps)} of the steps)`,
    `lost                 ${totals.lost}`,
    `over an allowance    ${totals.overAllowance}`,
    `by a foreign route   ${totals.crossPool}`,
    `sent twice           ${totals.duplicates}, of them unexplained ${totals.unexplainedDuplicates}; ${figure.format(totals.unknowns)} ends unknown`,
    `  while events come   ${totals.duplicatesWhileHeard} of ${figure.format(totals.unknownsWhileHeard)} (${percent(totals.duplicatesWhileHeard, totals.unknownsWhileHeard)})`,
    `allowance leaked     ${percent(leaked, limits)}`,
    `not drained          ${totals.undrained}`,
    violations.length === 0 ? "no violation" : `${violations.length} violations`,
    ...violations.slice(0, 20).map(({ seed, what }) => `  seed ${seed}: ${what}`),
  ];
  return lines.join("\n");
}

/** The textbook dispatcher's figures beside ours. */
export function besideOf(ours: Totals, peer: Totals): string {
  const row = (name: string, one: number, other: number): string =>
    `${name.padEnd(24)}${String(one).padStart(10)}${String(other).padStart(12)}`;
  return [
    `${"".padEnd(24)}${"ours".padStart(10)}${"textbook".padStart(12)}`,
    row("lost", ours.lost, peer.lost),
    row("sent twice", ours.duplicates, peer.duplicates),
    row("  of them unexplained", ours.unexplainedDuplicates, peer.unexplainedDuplicates),
    row("over an allowance", ours.overAllowance, peer.overAllowance),
  ].join("\n");
}

export function lineOf({ mutant, seeds, what }: Caught): string {
  const found = seeds === undefined ? "MISSED" : `caught by seed ${seeds}`;
  return `${found.padEnd(20)} ${mutant.name}${what === undefined ? "" : `: ${what}`}`;
}
