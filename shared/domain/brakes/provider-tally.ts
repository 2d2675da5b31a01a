import { parseSign, type SignKind, type SignSlot, slotMs } from "../feedback/sign.ts";
import type { DedicatedRouteKind } from "../routing/route.ts";
import type { BrakeSign } from "./brake-rule.ts";
import { MailSlots } from "./mail-slots.ts";
import { forEachSign, type Tally } from "./tally.ts";

const refusals = new Map<SignKind, readonly BrakeSign[]>([
  ["throttled", ["throttled", "refused"]],
  ["throttled-sure", ["throttled-sure", "throttled", "refused"]],
  ["blocked", ["blocked", "refused"]],
  ["blocked-sure", ["blocked-sure", "blocked", "refused"]],
]);

/** Kinds that are no answer of the provider about this mail. */
const noAnswer: ReadonlySet<SignKind> = new Set(["accepted", "complained", "unclassified", "suppressed", "unsent"]);

/**
 * What one provider answered about the mail of a day, counted as signs are added. Each mail counts in the first slot it
 * was refused in, and in the first it was answered in: adding in any order, and again, ends the same.
 */
export class ProviderTally {
  /** Every slot that has a sign, of whatever route and kind. */
  readonly #slots = new Set<number>();
  readonly #routes: Readonly<Record<DedicatedRouteKind, RouteTally>> = {
    warming: new RouteTally(),
    established: new RouteTally(),
  };

  /** Adds a slot, or a piece of one. */
  add({ slotMs: startMs, byStream }: SignSlot): void {
    const slot = startMs / slotMs;
    this.#slots.add(slot);
    for (const texts of byStream.values()) {
      for (const text of texts) {
        const sign = parseSign(text);
        if (sign === undefined || sign.route === "shared" || noAnswer.has(sign.kind)) continue;
        this.#routes[sign.route].add(sign.kind, sign.mail, slot);
      }
    }
  }

  /** @returns in order of time; a slot without an answer on this route has a tally as well */
  of(route: DedicatedRouteKind): Tally[] {
    const slots = [...this.#slots].sort((one, other) => one - other);
    return slots.map((slot) => this.#routes[route].at(slot));
  }
}

/** Slots are numbers of ten minutes: smaller to keep than moments, and there is one for each mail. */
class RouteTally {
  readonly #answers = new FirstSlots();
  readonly #refused = forEachSign(() => new FirstSlots());

  add(kind: SignKind, mail: string, slot: number): void {
    this.#answers.add(mail, slot);
    for (const sign of refusals.get(kind) ?? []) this.#refused[sign].add(mail, slot);
  }

  at(slot: number): Tally {
    const refused = forEachSign((sign) => this.#refused[sign].at(slot));
    return { slotMs: slot * slotMs, endMs: (slot + 1) * slotMs, refused, answers: this.#answers.at(slot) };
  }
}

/** How many mails came first in each slot. */
class FirstSlots {
  readonly #firstOf = new MailSlots();
  readonly #counts = new Map<number, number>();

  add(mail: string, slot: number): void {
    const before = this.#firstOf.lower(mail, slot);
    if (before !== undefined && before <= slot) return;
    if (before !== undefined) this.#counts.set(before, this.at(before) - 1);
    this.#counts.set(slot, this.at(slot) + 1);
  }

  at(slot: number): number {
    return this.#counts.get(slot) ?? 0;
  }
}
