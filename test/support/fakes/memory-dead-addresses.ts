import { dayMs } from "../../../shared/domain/utc-day.ts";
import type { DeadAddresses } from "../../../shared/ports/dead-addresses.ts";

const deadLifeMs = 180 * dayMs;

export class MemoryDeadAddresses implements DeadAddresses {
  readonly #expiresAtMs = new Map<string, number>();
  /** What was asked for, one entry for each reading. */
  readonly readings: (readonly string[])[] = [];

  async add(addresses: readonly string[], nowMs: number): Promise<void> {
    for (const address of addresses) this.#expiresAtMs.set(address.toLowerCase(), nowMs + deadLifeMs);
  }

  async among(addresses: readonly string[], nowMs: number): Promise<ReadonlySet<string>> {
    this.readings.push(addresses);
    return new Set(addresses.filter((address) => (this.#expiresAtMs.get(address.toLowerCase()) ?? 0) >= nowMs));
  }
}
