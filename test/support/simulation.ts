import { policies } from "../../shared/domain/simulation/policies.ts";
import type { Scenario } from "../../shared/domain/simulation/scenario.ts";
import { simulateSeed } from "../../shared/domain/simulation/simulate-seed.ts";
import { summarize, summarizePoorList, summarizeRecovery } from "../../shared/domain/simulation/summary.ts";

/** Ninety days as the published figures have them. */
export const scenario: Scenario = { days: 90, delayDays: 0, delayHours: 2, fullPerDay: 50_000 };

/** 1, 2, 3, ... */
export const seeds = (count: number): number[] => Array.from({ length: count }, (_unused, index) => index + 1);

/** A policy by the name it is known by. */
export function contender(name: string) {
  const found = policies.get(name);
  if (found === undefined) throw new Error(`no policy ${name}`);
  return found;
}

/** What policies come to over the first seeds of the middle prior. */
export function summaries(names: readonly string[], count: number, changes: Partial<Scenario> = {}) {
  const found = seeds(count).map((seed) =>
    simulateSeed("mid", names.map(contender), seed, { ...scenario, ...changes }),
  );
  return names.map((_name, index) => {
    const results = found.map((each) => each[index]!);
    return {
      ...summarize(
        results.map(({ score }) => score),
        results.map(({ oracle }) => oracle),
      ),
      ...summarizeRecovery(results.map(({ recovery }) => recovery)),
      ...summarizePoorList(results.map(({ poorList }) => poorList)),
    };
  });
}
