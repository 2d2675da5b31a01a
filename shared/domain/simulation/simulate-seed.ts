import { type PoorList, poorListOf } from "./poor-list.ts";
import { pairs, providersAtFull, type Recovery, recoveryOf } from "./recovery.ts";
import { type Contender, type ModelSource, runSeed } from "./run.ts";
import type { ProviderRun } from "./run-provider.ts";
import type { Scenario } from "./scenario.ts";
import { type SeedScore, scoreSeed } from "./score.ts";

/** What one policy came to on one seed, beside the oracle. Plain data. */
export interface SeedResult {
  readonly score: SeedScore;
  readonly oracle: SeedScore;
  /** Under a planned shock, where there was one to recover from. */
  readonly recovery?: Recovery | undefined;
  /** With a complaint rate of its own, where complaints became enough to tell. */
  readonly poorList?: PoorList | undefined;
}

/** Runs several policies on one seed. @returns one result for each, in their order */
export function simulateSeed(
  source: ModelSource,
  contenders: readonly Contender[],
  seed: number,
  scenario: Scenario,
): SeedResult[] {
  const oracle = runSeed(source, "oracle", seed, scenario);
  return contenders.map((contender) => {
    const own = contender === "oracle" ? oracle : runSeed(source, contender, seed, scenario);
    if (scenario.shock === undefined) return result({ own, oracle }, scenario);
    const providers = providersAtFull(pairs(own, oracle), scenario.shock.day);
    const shocked = { ...scenario, shock: { ...scenario.shock, providers } };
    const again = (each: Contender): ProviderRun[] => runSeed(source, each, seed, shocked);
    return result({ own: again(contender), oracle: again("oracle") }, shocked);
  });
}

interface Runs {
  readonly own: readonly ProviderRun[];
  readonly oracle: readonly ProviderRun[];
}

function result({ own, oracle }: Runs, { shock, complaintRate }: Scenario): SeedResult {
  const hit = pairs(own, oracle).filter((pair) => shock?.providers.includes(pair.own.provider));
  return {
    score: scoreSeed(own),
    oracle: scoreSeed(oracle),
    ...(shock !== undefined && { recovery: recoveryOf(hit, shock.day) }),
    ...(complaintRate !== undefined && { poorList: poorListOf(own, complaintRate) }),
  };
}
