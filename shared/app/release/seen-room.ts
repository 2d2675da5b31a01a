import { type FullReason, whyFull } from "../../domain/routing/passed-over.ts";
import type { DedicatedRoute } from "../../domain/routing/route.ts";
import { type Allowance, type AllowanceKey, allowanceKeyText, whyNoRoom } from "../../domain/sending/allowance.ts";
import type { Demand } from "../../domain/sending/share-out.ts";
import { utcDay } from "../../domain/utc-day.ts";
import type { AllowanceLedger } from "../../ports/allowance-ledger.ts";

/**
 * The room of today as one run of release sees it: read once, and given away once, whichever pools' mail may take it. What
 * is taken here is not reserved: a message that finds less at the dispatcher is held again.
 */
export class SeenRoom {
  readonly #allowances: Pick<AllowanceLedger, "read">;
  readonly #nowMs: number;
  readonly #reads = new Map<string, Promise<void>>();
  readonly #seen = new Map<string, Allowance>();
  readonly #expected = new Set<string>();

  constructor(allowances: Pick<AllowanceLedger, "read">, nowMs: number) {
    this.#allowances = allowances;
    this.#nowMs = nowMs;
  }

  /** Providers that mail is waiting for: a route is read for all of them at once. */
  expect(providers: readonly string[]): void {
    for (const provider of providers) this.#expected.add(provider);
  }

  /** Takes room for a message whole, or says why there is none. @returns undefined when it was taken */
  async take(route: DedicatedRoute, demand: Demand): Promise<FullReason | undefined> {
    await this.#read(route, demand);
    const wanted = [...demand].map(([provider, recipients]) => {
      const name = allowanceKeyText(this.#key(route, provider));
      return { name, recipients, allowance: this.#seen.get(name) };
    });
    const lacks = wanted.map(({ allowance, recipients }) => whyNoRoom(allowance, recipients, this.#nowMs));
    const because = whyFull(lacks);
    if (because !== undefined) return because;
    for (const { name, recipients, allowance } of wanted) {
      if (allowance !== undefined) this.#seen.set(name, { ...allowance, used: allowance.used + recipients });
    }
    return undefined;
  }

  /** Reads what is not known yet of a route. Whoever needs the same meanwhile waits for the same answer. */
  async #read(route: DedicatedRoute, demand: Demand): Promise<void> {
    const isKnown = [...demand.keys()].every((provider) =>
      this.#reads.has(allowanceKeyText(this.#key(route, provider))),
    );
    if (!isKnown) {
      const providers = new Set([...demand.keys(), ...this.#expected]);
      const keys = [...providers].map((provider) => this.#key(route, provider));
      const unread = keys.filter((key) => !this.#reads.has(allowanceKeyText(key)));
      const reading = this.#keep(unread);
      for (const key of unread) this.#reads.set(allowanceKeyText(key), reading);
    }
    for (const provider of demand.keys()) await this.#reads.get(allowanceKeyText(this.#key(route, provider)));
  }

  async #keep(keys: readonly AllowanceKey[]): Promise<void> {
    for (const { key, allowance } of await this.#allowances.read(keys))
      this.#seen.set(allowanceKeyText(key), allowance);
  }

  #key({ pool, kind: route }: DedicatedRoute, provider: string): AllowanceKey {
    return { pool, route, provider, day: utcDay(this.#nowMs) };
  }
}
