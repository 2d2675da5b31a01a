import { draw, textKey } from "../provider-model/draw.ts";
import { type PriorName, providerPrior } from "../provider-model/prior.ts";
import { capacityLimit, type OfferAnswer, ProviderModel } from "../provider-model/provider-model.ts";
import type { ModelledProvider } from "./run-provider.ts";

export interface SeveralIps {
  readonly prior: PriorName;
  /** Any mailbox provider; one without a row of its own behaves as `other`, with luck of its own. */
  readonly provider: string;
  readonly ips: number;
  readonly seed: number;
  /** Recipients per UTC day at this provider on the busiest day, all IPs. */
  readonly peakPerDay: number;
}

/** Recipients per UTC day and IP that the shipped model was drawn for, all providers. */
const modelledPerDay = 50_000;

/** One provider towards a pool of IPs. Each has a capacity of its own, and SES spreads the mail evenly over them. */
export function severalIps({ prior, provider, ips, seed, peakPerDay }: SeveralIps): ModelledProvider {
  const row = providerPrior(prior, provider);
  const key = textKey(provider);
  const limit = Math.max(capacityLimit(modelledPerDay, row.share), (3 * peakPerDay) / ips);
  const models = Array.from({ length: ips }, (_, ip) => {
    const chance = (purpose: number, day: number): number => draw(seed, key, ip, purpose, day);
    return new ProviderModel({ prior: row, limit, chance });
  });
  // What recipients complain of is the mail, whichever IP it leaves from.
  const complaintRate = models[0]?.traits.complaintRate ?? 0;
  return {
    complaintRate,
    startDay(day) {
      for (const model of models) model.startDay(day);
    },
    offer: (day, hour, recipients) =>
      models
        .map((model, ip) => model.offer(day, hour, partOf(recipients, ips, (ip + day + hour) % ips)))
        .reduce(added, { accepted: 0, deferred: 0, blocked: 0 }),
    endDay(day) {
      for (const model of models) model.endDay(day, complaintRate);
    },
    capacityToday: (day) => models.reduce((total, model) => total + model.capacityToday(day), 0),
  };
}

/** The parts differ by one at most and add up. */
function partOf(recipients: number, ips: number, at: number): number {
  return Math.floor(recipients / ips) + (at < recipients % ips ? 1 : 0);
}

function added(one: OfferAnswer, other: OfferAnswer): OfferAnswer {
  return {
    accepted: one.accepted + other.accepted,
    deferred: one.deferred + other.deferred,
    blocked: one.blocked + other.blocked,
  };
}
