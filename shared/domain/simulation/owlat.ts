import type { DayReport, PolicyMaker } from "./policy.ts";

/** First day and recipients of each step, all providers; from the last on nothing is limited. */
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

/** Volume below which its provider rule says nothing. */
const fewestSends = 50;

/**
 * Owlat's published rules (github.com/wolvesdotink/owlat, packages/shared/src/warming.ts and the provider multiplier).
 * There the step table is one IP's and the multiplier each provider's; here every provider has its share of a table of
 * its own. Refused mail counts as deferred, and its pace within the day is left out.
 */
export const owlat: PolicyMaker = ({ share }) => {
  let day = 1;
  let cap = stepAt(1);
  let phase: "ramp" | "plateau" | "graduated" = "ramp";
  const multiplier = providerMultiplier();
  const advance = (to: number): void => {
    day = Math.min(lastDay + 1, to);
    if (day < lastDay) cap = stepAt(day);
    else if (phase === "ramp") phase = "graduated";
  };
  return {
    allowance: () => (phase === "graduated" ? Number.POSITIVE_INFINITY : cap * share * multiplier.now()),
    learn(report) {
      const { offered, allowance } = report;
      multiplier.learn(report);
      if (offered === 0 || phase === "graduated") return;
      const refused = refusedPart(report);
      if (refused > 0.25) phase = "plateau";
      else if (refused > 0.1) {
        day = Math.max(1, Math.floor(day / 2));
        cap = Math.max(50, Math.floor(0.7 * cap));
        phase = "ramp";
      } else if (refused < 0.05 && offered >= 0.8 * allowance) advance(Math.max(day + 1, Math.floor(1.5 * day)));
      else advance(day + 1);
    },
  };
};

const refusedPart = ({ offered, deferred, blocked }: DayReport): number => (deferred + blocked) / offered;

/** Half after a bad day, a tenth more after three clean ones; a fraction of the cap. */
function providerMultiplier() {
  let value = 1;
  let clean = 0;
  return {
    now: () => value,
    learn(report: DayReport): void {
      if (report.offered < fewestSends) return;
      const refused = refusedPart(report);
      if (refused > 0.1) value = Math.max(0.05, value / 2);
      clean = refused < 0.05 && value < 1 ? clean + 1 : 0;
      if (clean < 3) return;
      value = Math.min(1, value + 0.1);
      clean = 0;
    },
  };
}
