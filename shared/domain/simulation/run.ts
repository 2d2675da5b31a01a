import { demandOfDay } from "../provider-model/demand.ts";
import { draw } from "../provider-model/draw.ts";
import { modelledProviders, type PriorName, providerPrior } from "../provider-model/prior.ts";
import { type OwnModelMaker, ownModel } from "./own-model.ts";
import type { Policy, PolicyMaker } from "./policy.ts";
import { type ModelledProvider, type ProviderRun, runProvider } from "./run-provider.ts";
import type { Scenario } from "./scenario.ts";
import { shippedModel } from "./shipped-model.ts";

/** A prior of the shipped model, or a model of somebody's own. */
export type ModelSource = PriorName | OwnModelMaker;

/** A policy, or the oracle: it knows the hidden capacity, which nobody can, and is what a policy is measured by. */
export type Contender = PolicyMaker | "oracle";

const poissonPurpose = 30;

/** All providers of one seed under one policy. The demand and the providers' luck are the same for every policy. */
export function runSeed(source: ModelSource, contender: Contender, seed: number, scenario: Scenario): ProviderRun[] {
  return modelledProviders.map((provider) => {
    const { number, share } = providerPrior("mid", provider);
    const model =
      typeof source === "string"
        ? shippedModel(source, provider, seed, scenario)
        : ownModel(source, provider, seed, scenario);
    const { delayDays, delayHours, fullPerDay, days } = scenario;
    const policy =
      contender === "oracle"
        ? oracle(model, typeof source !== "string")
        : contender({ provider, share, fullPerDay, delayDays, delayHours });
    const chance = (purpose: number, day: number): number => draw(seed, number, purpose, day);
    const demand = Float64Array.from({ length: days }, (_, index) => demandOfDay(fullPerDay, share, index + 1, chance));
    const luck = (day: number, part: number): number => draw(seed, number, poissonPurpose, day, part);
    return runProvider(model, policy, { provider, demand, luck }, scenario);
  });
}

/** Part of the hidden capacity that the oracle offers: the day's noise comes after its decision. */
const oraclePart = 0.9;

/** @param paced - spread evenly over the hours, for models that may look at them */
function oracle(model: ModelledProvider, paced: boolean): Policy {
  let today = 0;
  return {
    allowance: (day) => {
      today = oraclePart * model.capacityToday(day);
      return today;
    },
    ...(paced && { openBy: ({ hour }) => (today * (hour + 1)) / 24 }),
    learn: () => {},
  };
}
