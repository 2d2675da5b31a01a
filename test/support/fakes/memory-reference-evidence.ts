import type { ProviderEvidence, ReferenceEvidence } from "../../../shared/ports/reference-evidence.ts";

export class MemoryReferenceEvidence implements ReferenceEvidence {
  readonly #kept = new Map<string, Map<string, ProviderEvidence>>();
  /** Writes so far. */
  writes = 0;

  async keep(pool: string, found: ProviderEvidence): Promise<void> {
    this.writes += 1;
    const ofPool = this.#kept.get(pool) ?? new Map<string, ProviderEvidence>();
    ofPool.set(found.provider, found);
    this.#kept.set(pool, ofPool);
  }

  async read(pool: string): Promise<readonly ProviderEvidence[]> {
    const found = [...(this.#kept.get(pool)?.values() ?? [])];
    return found.toSorted((one, other) => (one.provider < other.provider ? -1 : 1));
  }
}
