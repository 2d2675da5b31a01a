import type { ProofStore } from "../../../shared/ports/proof-store.ts";

export class MemoryProofs implements ProofStore {
  readonly #kept = new Map<string, Set<number>>();

  async add(batch: string, positions: readonly number[]): Promise<void> {
    this.#kept.set(batch, new Set([...(this.#kept.get(batch) ?? []), ...positions]));
  }

  async get(batch: string): Promise<ReadonlySet<number>> {
    return new Set(this.#kept.get(batch));
  }
}
