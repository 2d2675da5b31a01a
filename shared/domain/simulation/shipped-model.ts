import { draw } from "../provider-model/draw.ts";
import { type PriorName, providerPrior } from "../provider-model/prior.ts";
import { capacityLimit, ProviderModel } from "../provider-model/provider-model.ts";
import { type Chance, purpose } from "../provider-model/traits.ts";
import type { ModelledProvider } from "./run-provider.ts";
import type { Scenario } from "./scenario.ts";

/** One provider of a prior, for one seed. */
export function shippedModel(prior: PriorName, provider: string, seed: number, scenario: Scenario): ModelledProvider {
  const row = providerPrior(prior, provider);
  const { complaintRate, shock, fullPerDay } = scenario;
  const limit = capacityLimit(fullPerDay, row.share);
  const setup = { prior: row, limit, chance: chanceOf(seed, row.number, shock === undefined) };
  let model = new ProviderModel(setup);
  const rate = complaintRate ?? model.traits.complaintRate;
  return {
    complaintRate: rate,
    startDay(day) {
      if (shock?.day === day && shock.providers.includes(provider)) {
        model = new ProviderModel(setup, { ...model.state(), capacity: shock.part * fullPerDay * row.share });
      }
      model.startDay(day);
    },
    offer: (day, hour, recipients) => model.offer(day, hour, recipients),
    endDay: (day) => model.endDay(day, rate),
    capacityToday: (day) => model.capacityToday(day),
  };
}

/** Luck of one seed at one provider; without random shocks the draw that decides on one never hits. */
function chanceOf(seed: number, provider: number, shocks: boolean): Chance {
  if (shocks) return (what, day) => draw(seed, provider, what, day);
  return (what, day) => (what === purpose.hasShock ? 1 : draw(seed, provider, what, day));
}
