import type { Registry, SuppressionReason } from "./registry.ts";

/** The account's suppression list, as the account or a configuration set of its own wants it used. */
export class Suppression {
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** Why mail of this configuration set to the address is kept back; undefined where it is not. */
  keepsBack(address: string, configurationSet: string | null): SuppressionReason | undefined {
    const entry = this.#registry.suppressed.get(address.toLowerCase());
    return entry !== undefined && this.#reasons(configurationSet).includes(entry.reason) ? entry.reason : undefined;
  }

  /** Adds an address after a hard bounce or a complaint, where the list is on for that reason. */
  learn(address: string, reason: SuppressionReason, configurationSet: string | null, nowMs: number): void {
    if (!this.#reasons(configurationSet).includes(reason)) return;
    this.#registry.suppressed.put(address.toLowerCase(), { address, reason, atMs: nowMs });
  }

  #reasons(configurationSet: string | null): readonly SuppressionReason[] {
    const set = configurationSet === null ? undefined : this.#registry.sets.get(configurationSet);
    return set?.suppressedReasons ?? this.#registry.account.get("account")?.suppressedReasons ?? [];
  }
}
