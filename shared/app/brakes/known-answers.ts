import { ProviderTally } from "../../domain/brakes/provider-tally.ts";
import { type Tally, uniteTallies } from "../../domain/brakes/tally.ts";
import type { SignSlot } from "../../domain/feedback/sign.ts";
import type { DedicatedRouteKind } from "../../domain/routing/route.ts";
import { dayAfter, dayMs, dayNumber, type UtcDay, utcDay } from "../../domain/utc-day.ts";
import type { OutcomeStore, SignsKey } from "../../ports/outcome-store.ts";

/**
 * Longest time from the clock of a write to the moment others can read it, ms: a run of the function lasts half of it at
 * most, and the rest is for clocks that differ.
 */
export const longestWriteMs = 60_000;

/** A day's answers as far as they were read. */
interface KnownDay {
  readonly key: SignsKey;
  /** Slots before this do not count, epoch ms. */
  readonly fromMs: number;
  /** What was kept before this moment is in the tallies, epoch ms. */
  readFromMs: number;
  readonly providers: Map<string, ProviderTally>;
}

/** What one provider answered on one route, in order of time. */
export interface LatestAnswers {
  /** Today, when they were read. */
  readonly day: UtcDay;
  /** About today's mail. */
  readonly today: readonly Tally[];
  /** Since the start of yesterday: mail of the day before can still be answered then. */
  readonly all: readonly Tally[];
}

/** The answers of a provider on a route. */
export type AnswersOf = (provider: string, route: DedicatedRouteKind) => LatestAnswers;

/**
 * What providers answered lately, as far as one instance of a function knows it. Signs are only ever added, so each time
 * only those are read that were kept since; reading some of them again changes nothing.
 */
export class KnownAnswers {
  readonly #outcomes: Pick<OutcomeStore, "keptSince">;
  readonly #days = new Map<string, KnownDay>();

  constructor(outcomes: Pick<OutcomeStore, "keptSince">) {
    this.#outcomes = outcomes;
  }

  /** Reads what is new about a pool's mail. */
  async latest(pool: string, nowMs: number): Promise<AnswersOf> {
    const day = utcDay(nowMs);
    const fromMs = (dayNumber(day) - 1) * dayMs;
    this.#forgetBefore(fromMs);
    const days = [0, 1, 2].map((ago) => this.#dayOf({ pool, day: dayAfter(day, -ago) }, fromMs));
    await Promise.all(days.map((known) => this.#readOn(known, nowMs)));
    return (provider, route) => {
      const ofDays = days.map(({ providers }) => providers.get(provider)?.of(route) ?? []);
      return { day, today: ofDays[0] ?? [], all: uniteTallies(ofDays) };
    };
  }

  /** Signs that this instance kept itself. A day of which nothing was asked yet is read when it is. */
  note({ pool, day }: SignsKey, slots: readonly SignSlot[]): void {
    for (const known of this.#days.values()) {
      if (known.key.pool !== pool || known.key.day !== day) continue;
      for (const slot of slots) add(known, slot);
    }
  }

  async #readOn(day: KnownDay, nowMs: number): Promise<void> {
    for await (const slot of this.#outcomes.keptSince(day.key, day.readFromMs)) add(day, slot);
    day.readFromMs = Math.max(day.readFromMs, nowMs - longestWriteMs);
  }

  /** Of the day before yesterday only the latest slots count: an event is kept after it happened. */
  #dayOf(key: SignsKey, fromMs: number): KnownDay {
    const startMs = dayNumber(key.day) * dayMs;
    const countsFromMs = Math.max(fromMs, startMs);
    const name = `${key.pool}/${key.day}/${countsFromMs}`;
    const known = this.#days.get(name);
    if (known !== undefined) return known;
    const readFromMs = countsFromMs === startMs ? 0 : countsFromMs - longestWriteMs;
    const fresh = { key, fromMs: countsFromMs, readFromMs, providers: new Map() };
    this.#days.set(name, fresh);
    return fresh;
  }

  /** Once a day is no longer yesterday, only its latest slots count: those are read anew, and they are few. */
  #forgetBefore(fromMs: number): void {
    for (const [name, day] of this.#days) if (day.fromMs < fromMs) this.#days.delete(name);
  }
}

function add({ fromMs, providers }: KnownDay, slot: SignSlot): void {
  if (slot.slotMs < fromMs) return;
  const tally = providers.get(slot.provider) ?? new ProviderTally();
  providers.set(slot.provider, tally);
  tally.add(slot);
}
