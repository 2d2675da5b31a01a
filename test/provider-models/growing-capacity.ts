import type { OwnModelSetup } from "../../shared/domain/simulation/own-model.ts";

/** A hidden limit that grows with the mail it takes: what the models of this folder have in common. Recipients per day. */
export class GrowingCapacity {
  capacity: number;
  readonly #growth: number;
  readonly #most: number;

  /** @param setup - the start is drawn between 100 and 2,000 recipients a day for a provider with half of the mail */
  constructor({ share, fullPerDay, random }: OwnModelSetup) {
    this.capacity = 2 * share * (100 + 1_900 * random());
    this.#growth = 0.15 + 0.4 * random();
    this.#most = 3 * share * fullPerDay;
  }

  /** Ends a day on which so much was accepted. @param credit - part of the growth that the day earns, a fraction */
  grow(accepted: number, credit = 1): void {
    const use = Math.min(1, accepted / Math.max(1, this.capacity));
    this.capacity = Math.min(this.#most, this.capacity * (1 + this.#growth * use * credit));
  }

  cut(factor: number): void {
    this.capacity *= factor;
  }
}
