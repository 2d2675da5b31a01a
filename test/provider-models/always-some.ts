import type { OwnModelMaker } from "../../shared/domain/simulation/own-model.ts";
import { GrowingCapacity } from "./growing-capacity.ts";

/**
 * Beside its limit it always defers some, whatever is sent: full mailboxes read as throttling, greylisting.
 * @param share - fraction of what it would accept otherwise
 */
export function alwaysSome(share: number): OwnModelMaker {
  return (setup) => {
    const limit = new GrowingCapacity(setup);
    let accepted = 0;
    return {
      send({ hour, offered }) {
        if (hour === 0) {
          limit.grow(accepted);
          accepted = 0;
        }
        const fits = Math.max(0, Math.min(offered, Math.floor(limit.capacity - accepted)));
        const noise = Math.min(fits, chanceCount(fits * share, setup.random));
        accepted += fits - noise;
        return { accepted: fits - noise, deferred: offered - fits + noise, blocked: 0 };
      },
      capacityToday: () => limit.capacity,
    };
  };
}

/** A count with this mean: Poisson where it is small, else as spread as Poisson (two uniform numbers, sd 1 / sqrt 6). */
function chanceCount(mean: number, random: () => number): number {
  if (mean > 20) return Math.max(0, Math.round(mean + Math.sqrt(6 * mean) * (random() + random() - 1)));
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) count += 1;
  return count;
}
