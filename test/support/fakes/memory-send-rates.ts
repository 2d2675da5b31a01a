import { type KnownRate, placeOf, type SenderCount } from "../../../shared/domain/sending/rate-share.ts";
import type { SendRates } from "../../../shared/ports/send-rates.ts";

export class MemorySendRates implements SendRates {
  readonly #counts = new Map<number, SenderCount>();
  #perSecond: number | undefined;

  async tell(perSecond: number): Promise<void> {
    this.#perSecond = perSecond;
  }

  async count(period: number): Promise<KnownRate> {
    const place = placeOf(period);
    const found = this.#counts.get(place);
    if (found !== undefined && found.period > period) throw new Error("the place holds a later period");
    const senders = found?.period === period ? found.senders + 1 : 1;
    this.#counts.set(place, { period, senders });
    return { perSecond: this.#perSecond, counts: [...this.#counts.values()] };
  }

  /** What is on record; undefined for nothing. */
  get known(): KnownRate | undefined {
    if (this.#perSecond === undefined && this.#counts.size === 0) return undefined;
    return { perSecond: this.#perSecond, counts: [...this.#counts.values()] };
  }
}
