import type { DayReport, PolicyMaker } from "./policy.ts";

/** First day and recipients of each step, all providers; from `lastDay` on nothing is limited. */
const steps: readonly (readonly [day: number, recipients: number])[] = [
  [1, 50],
  [2, 100],
  [3, 200],
  [5, 700],
  [7, 1_500],
  [10, 3_000],
  [14, 7_500],
  [18, 15_000],
  [21, 20_000],
  [25, 30_000],
];
const lastDay = 30;

const stepAt = (day: number): number => steps.findLast(([from]) => from <= day)?.[1] ?? 0;

/** What a day comes to: its blocked mail counts as bounced there. */
type Verdict = "halt" | "slow" | "hold" | "clean";

function verdictOf({ offered, deferred, blocked }: DayReport): Verdict {
  const [delayed, bounced] = [deferred / offered, blocked / offered];
  if (bounced > 0.08 || delayed > 0.25) return "halt";
  if (bounced > 0.03 || delayed > 0.1) return "slow";
  return bounced < 0.01 && delayed < 0.05 ? "clean" : "hold";
}

interface Ramp {
  day: number;
  /** Recipients a day, all providers. */
  cap: number;
  phase: "ramp" | "plateau" | "graduated";
}

/**
 * Owlat's published rules (github.com/wolvesdotink/owlat: the step table of packages/shared/src/warming.ts, the provider
 * multiplier of apps/mta), as we read them. There the table is one IP's and the multiplier each provider's; here every
 * provider has its share of a table of its own. Its pace within the day and its circuit breaker are left out.
 */
export const owlat: PolicyMaker = ({ share }) => {
  const ramp: Ramp = { day: 1, cap: stepAt(1), phase: "ramp" };
  const multiplier = providerMultiplier();
  return {
    allowance: () => (ramp.phase === "graduated" ? Number.POSITIVE_INFINITY : ramp.cap * share * multiplier.now()),
    learn(report) {
      if (report.offered === 0) return;
      multiplier.learn(report);
      // Graduated, it never looks back.
      if (ramp.phase !== "graduated") learnRamp(ramp, verdictOf(report), report.offered >= 0.8 * ramp.cap * share);
    },
  };
};

function learnRamp(ramp: Ramp, verdict: Verdict, isUsed: boolean): void {
  if (verdict === "halt") ramp.phase = "plateau";
  else if (verdict === "slow") {
    ramp.day = Math.max(1, Math.floor(ramp.day / 2));
    ramp.cap = Math.max(50, Math.floor(0.7 * ramp.cap));
    ramp.phase = "ramp";
  } else if (verdict === "clean" && isUsed) advance(ramp, Math.max(ramp.day + 1, Math.floor(1.5 * ramp.day)));
  else advance(ramp, ramp.day + 1);
}

function advance(ramp: Ramp, day: number): void {
  ramp.day = Math.min(lastDay + 1, day);
  if (ramp.day < lastDay) ramp.cap = stepAt(ramp.day);
  else if (ramp.phase === "ramp") ramp.phase = "graduated";
}

/** Volume below which its provider rule says nothing. */
const fewestSends = 50;

/** Half after a bad day, a tenth more after three clean ones; a fraction of the cap. */
function providerMultiplier() {
  let value = 1;
  let clean = 0;
  return {
    now: () => value,
    learn(report: DayReport): void {
      if (report.offered < fewestSends) return;
      const verdict = verdictOf(report);
      if (verdict === "halt" || verdict === "slow") value = Math.max(0.05, value / 2);
      clean = verdict === "clean" && value < 1 ? clean + 1 : 0;
      if (clean < 3) return;
      value = Math.min(1, value + 0.1);
      clean = 0;
    },
  };
}
