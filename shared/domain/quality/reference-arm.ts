import { rateAtLeast, rateAtMost } from "../confidence.ts";
import { hardBouncesIn, type OutcomeCounts, type OutcomeReading, totalOutcomes } from "../feedback/outcome-counts.ts";
import { percent } from "../percent.ts";
import { answeredForGood, answersIn } from "./stream-quality.ts";
import { fallsBelow } from "./wall-limits.ts";

/** Part of a random sample that something happened to, in recipients. */
export interface ArmShare {
  readonly hits: number;
  readonly total: number;
  /** The rate lies between these fractions with 90 % confidence. */
  readonly low: number;
  readonly high: number;
}

/** Does mail fare better on warming IPs than the same list's on others? */
export type ArmVerdict = "dedicated-better" | "dedicated-worse" | "no-difference-seen" | "not-yet-known";

/** What the samples of the last days show: refusals on warming IPs (trial) and on others (control). */
export interface ArmEvidence {
  readonly verdict: ArmVerdict;
  readonly trial: ArmShare;
  readonly control: ArmShare;
  /** In words. */
  readonly why: string;
}

/** Fewest answers on each side that tell anything. */
const fewestAnswers = 100;

/** Rates from which a refused share is trouble: the ramp's cut (ramp.ts), and Owlat's slow-down by hard bounces. */
const troubleRates = { refusals: 0.02, bounces: 0.03 };

type Measure = keyof typeof troubleRates;

/**
 * Compares the random samples by what providers refused for now or for reputation. The samples are of the same list at
 * the same time; where their intervals do not touch, the difference is the IPs'.
 */
export function compareArms(readings: readonly OutcomeReading[]): ArmEvidence {
  const { trial, control } = sharesOf(readings, "refusals");
  const why = `refused on warming IPs ${inWords(trial)}, on others ${inWords(control)}`;
  return { verdict: verdictOf(trial, control), trial, control, why };
}

function verdictOf(trial: ArmShare, control: ArmShare): ArmVerdict {
  if (!isEnough(trial) || !isEnough(control)) return "not-yet-known";
  if (trial.high < control.low) return "dedicated-better";
  return trial.low > control.high ? "dedicated-worse" : "no-difference-seen";
}

/** True when warming IPs alone are refused, and by more than a little: the IPs' fault, not the list's. */
export function isFaultOfIps({ verdict, trial }: ArmEvidence): boolean {
  return verdict === "dedicated-worse" && trial.low > troubleRates.refusals;
}

/**
 * Why a stream's list is at fault, in words: refused, or bouncing, on warming IPs and on others alike. Undefined when
 * it is not, or not yet known.
 * @param readings - of one stream in one pool
 * @param stands - its wall for this cause is in force: it falls only when a side is clearly below
 */
export function listFault(readings: readonly OutcomeReading[], stands: boolean): string | undefined {
  for (const measure of ["bounces", "refusals"] as const) {
    const { trial, control } = sharesOf(readings, measure);
    const limit = troubleRates[measure] * (stands ? fallsBelow : 1);
    const isHigh = [trial, control].every((share) => isEnough(share) && share.low > limit);
    if (isHigh)
      return `${measure} on warming IPs ${inWords(trial)} and on others ${inWords(control)}: the list's fault`;
  }
  return undefined;
}

function sharesOf(
  readings: readonly OutcomeReading[],
  measure: Measure,
): { readonly trial: ArmShare; readonly control: ArmShare } {
  const trial = totalOutcomes(readings, ({ arm, route }) => arm === "trial" && route === "warming");
  const control = totalOutcomes(readings, ({ arm, route }) => arm === "control" && route !== "warming");
  return { trial: shareOf(trial, measure), control: shareOf(control, measure) };
}

function shareOf(counts: OutcomeCounts, measure: Measure): ArmShare {
  const [hits, total] =
    measure === "refusals"
      ? [counts.deferred + counts.blocked, answersIn(counts)]
      : [hardBouncesIn(counts), answeredForGood(counts)];
  return { hits, total, low: rateAtLeast(hits, total), high: rateAtMost(hits, total) };
}

function isEnough({ total }: ArmShare): boolean {
  return total >= fewestAnswers;
}

function inWords({ hits, total, low, high }: ArmShare): string {
  return total === 0 ? "nothing yet" : `${hits} of ${total} (${percent(low)} to ${percent(high)})`;
}
