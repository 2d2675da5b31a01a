import { normal } from "./draw.ts";
import type { ProviderPrior } from "./prior.ts";
import { type Chance, drawTraits, type ProviderTraits, purpose } from "./traits.ts";

/** What became of the recipients of one offer; the three add up to what was offered. */
export interface OfferAnswer {
  readonly accepted: number;
  readonly deferred: number;
  readonly blocked: number;
}

/** Everything that changes in a model, so that it can be kept and taken up again. */
export interface ProviderModelState {
  /** Recipients per day that the provider takes from this IP. */
  capacity: number;
  /** Recent volume in recipients per day. */
  volume: number;
  /** Hours since the start of day 0 (day x 24 + hour) until which everything is blocked. */
  blockedUntilHour: number;
  /** Today's capacity with the day's noise. */
  cap: number;
  /** Today's coin for a block, uniform in [0, 1). */
  coin: number;
  /** Recipients offered, accepted and refused today outside a block. */
  offered: number;
  accepted: number;
  over: number;
  /** Whether a block began today. */
  struck: boolean;
}

export interface ProviderModelSetup {
  readonly prior: ProviderPrior;
  /** Recipients per day above which the capacity never grows; see `capacityLimit`. */
  readonly limit: number;
  readonly chance: Chance;
}

const complaintCeiling = 0.003;

/**
 * The most that a provider ever takes from one IP.
 * @param fullPerDay - recipients per UTC day at full volume, all providers
 * @param share - fraction of it that goes to this provider
 * @returns recipients per UTC day
 */
export function capacityLimit(fullPerDay: number, share: number): number {
  return 3 * fullPerDay * share;
}

/**
 * How one mailbox provider treats one dedicated IP: a hidden capacity that grows with use and shrinks with trouble.
 * A day is `startDay`, offers in hours 0 to 23, `endDay`. The shapes are assumptions, not measurements.
 */
export class ProviderModel {
  readonly traits: ProviderTraits;
  readonly #prior: ProviderPrior;
  readonly #limit: number;
  readonly #chance: Chance;
  readonly #state: ProviderModelState;

  /** @param saved - the state to go on from; without it, an IP that the provider has never seen */
  constructor(setup: ProviderModelSetup, saved?: Partial<ProviderModelState>) {
    this.traits = drawTraits(setup.prior, setup.chance);
    this.#prior = setup.prior;
    this.#limit = setup.limit;
    this.#chance = setup.chance;
    const unseen = { capacity: this.traits.startCapacity, volume: 0, blockedUntilHour: 0 };
    const today = { cap: 0, coin: 0, offered: 0, accepted: 0, over: 0, struck: false };
    this.#state = { ...unseen, ...today, ...saved };
  }

  /** A copy of the state, for keeping. */
  state(): ProviderModelState {
    return { ...this.#state };
  }

  /** Whether everything is refused in this hour (0 to 23) of this day. */
  isBlocking(day: number, hour: number): boolean {
    return day * 24 + hour < this.#state.blockedUntilHour;
  }

  /** Recipients that the provider would take on this day, before the day's noise and shock; 0 in a block. */
  capacityToday(day: number): number {
    return this.isBlocking(day, 0) ? 0 : this.#state.capacity;
  }

  /** Recipients that would still be accepted today. */
  room(day: number, hour: number): number {
    return this.isBlocking(day, hour) ? 0 : Math.max(0, Math.floor(this.#state.cap) - this.#state.accepted);
  }

  /** Opens a day; days count from 1. */
  startDay(day: number): void {
    const s = this.#state;
    if (day === this.traits.shockDay) s.capacity *= 0.4;
    const noise = normal(this.#chance(purpose.capFirst, day), this.#chance(purpose.capSecond, day));
    s.cap = s.capacity * Math.exp(0.1 * noise);
    s.coin = this.#chance(purpose.blockCoin, day);
    s.offered = 0;
    s.accepted = 0;
    s.over = 0;
    s.struck = false;
  }

  /**
   * Offers mail. The rules look at the day's running totals, so how a day's mail is spread over its hours changes no total.
   * @param hour - 0 to 23
   * @param n - whole recipients
   */
  offer(day: number, hour: number, n: number): OfferAnswer {
    if (this.isBlocking(day, hour)) return { accepted: 0, deferred: 0, blocked: n };
    const s = this.#state;
    const accepted = Math.min(n, Math.max(0, Math.floor(s.cap) - s.accepted));
    const over = n - accepted;
    s.offered += n;
    s.accepted += accepted;
    s.over += over;
    if (over > 0 && s.over > 0.5 * s.cap && (this.#isSudden() || s.coin < 0.3)) {
      this.#startBlock(day);
      return { accepted, deferred: 0, blocked: over };
    }
    return { accepted, deferred: over, blocked: 0 };
  }

  /**
   * Closes a day: reputation follows from what happened on it.
   * @param complaintRate - complaints per accepted recipient as the provider sees them, as a fraction
   */
  endDay(day: number, complaintRate: number = this.traits.complaintRate): void {
    const s = this.#state;
    if (!s.struck && this.isBlocking(day, 0)) {
      s.capacity *= 0.97;
      s.volume *= 0.8;
      return;
    }
    if (s.struck) s.capacity *= this.traits.severity;
    else if (s.over > 0.1 * s.cap) s.capacity *= 0.95;
    const used = s.accepted / Math.max(1, s.capacity);
    this.#answerComplaints(used, complaintRate);
    if (used < 0.1) s.capacity *= 1 - this.#prior.decay;
    s.capacity = Math.min(s.capacity, this.#limit);
    s.volume = 0.7 * s.volume + 0.3 * s.accepted;
  }

  #isSudden(): boolean {
    const s = this.#state;
    const known = Math.max(s.volume, s.capacity / 2, 50);
    return s.offered > this.traits.sudden * known && s.offered > s.cap;
  }

  #startBlock(day: number): void {
    const [low, high] = this.#prior.blockDays;
    const days = low + Math.floor((high - low + 1) * this.#chance(purpose.blockDays, day));
    this.#state.blockedUntilHour = (day + 1 + days) * 24;
    this.#state.struck = true;
  }

  #answerComplaints(used: number, complaintRate: number): void {
    const s = this.#state;
    const good = Math.max(0, 1 - (complaintRate / complaintCeiling) ** 2);
    if (complaintRate > complaintCeiling) s.capacity *= 0.8;
    else if (!s.struck) s.capacity *= 1 + this.traits.growth * good * Math.min(1, used);
  }
}
