import type { BrakeStep } from "./brake.ts";

/** What a rule counts; each mail counts once, when it was refused first. */
export type BrakeSign = "throttled" | "throttled-sure" | "blocked" | "blocked-sure" | "refused";

/** One rule of the brakes: so many refusals, and so high a rate, within a window. Settable in the configuration. */
export interface BrakeRule {
  /** Unique, kebab-case; told with each brake. */
  readonly id: string;
  /** `throttled` and `blocked` count their sure ones as well; `refused` counts both. */
  readonly on: BrakeSign;
  /** Mailbox providers it holds for; all when left out. */
  readonly providers?: readonly string[] | undefined;
  readonly windowMinutes: number;
  /** Fewest refusals within the window. */
  readonly atLeast: number;
  /** What the refused share of all answers is at least, by its confidence bound; a fraction, 0 for any share. */
  readonly rateAtLeast: number;
  readonly step: BrakeStep;
  /** How long the first brake lasts; one that follows soon after lasts twice as long. */
  readonly minutes: number;
  /** Where the figures come from. */
  readonly source: string;
}

const kumo = "https://github.com/KumoCorp/kumomta shaping rules";
const owlat = "Owlat's three tiers of refusals";
const momentum = "https://github.com/SparkPost/support-docs momentum/3/3-ad/ad-appendix-adaptive-rules.md";

/**
 * The shipped rules. Counts from published ones; the rate is judged by its confidence bound, so that few answers decide
 * only when nearly all of them refuse.
 */
export const brakeRules: readonly BrakeRule[] = [
  // A refusal that names our reputation without doubt (S3150, TS03, a listing): stopped at once.
  {
    id: "listed",
    on: "blocked-sure",
    windowMinutes: 60,
    atLeast: 1,
    rateAtLeast: 0,
    step: "stop",
    minutes: 240,
    source: momentum,
  },
  {
    id: "blocked-much",
    on: "blocked",
    windowMinutes: 60,
    atLeast: 5,
    rateAtLeast: 0.02,
    step: "stop",
    minutes: 120,
    source: kumo,
  },
  {
    id: "blocked",
    on: "blocked",
    windowMinutes: 60,
    atLeast: 2,
    rateAtLeast: 0.005,
    step: "slow",
    minutes: 60,
    source: owlat,
  },
  // Replies about our rate that leave no doubt (4.7.28, TS04, S775).
  {
    id: "rate-much",
    on: "throttled-sure",
    windowMinutes: 60,
    atLeast: 5,
    rateAtLeast: 0.05,
    step: "stop",
    minutes: 120,
    source: kumo,
  },
  {
    id: "rate",
    on: "throttled-sure",
    windowMinutes: 60,
    atLeast: 1,
    rateAtLeast: 0,
    step: "slow",
    minutes: 30,
    source: kumo,
  },
  {
    id: "deferred-much",
    on: "throttled",
    windowMinutes: 60,
    atLeast: 10,
    rateAtLeast: 0.25,
    step: "stop",
    minutes: 120,
    source: owlat,
  },
  {
    id: "deferred",
    on: "throttled",
    windowMinutes: 60,
    atLeast: 5,
    rateAtLeast: 0.1,
    step: "slow",
    minutes: 60,
    source: owlat,
  },
  // Nearly everything is refused, for whatever reason.
  {
    id: "refused-most",
    on: "refused",
    windowMinutes: 60,
    atLeast: 4,
    rateAtLeast: 0.5,
    step: "stop",
    minutes: 60,
    source: owlat,
  },
];
