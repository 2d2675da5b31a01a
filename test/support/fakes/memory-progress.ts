import type { History } from "../../../shared/domain/warm-up/history.ts";
import type { Progress } from "../../../shared/ports/progress.ts";

export class MemoryProgress implements Progress {
  readonly #kept = new Map<string, ReadonlyMap<string, History>>();

  async read(pool: string): Promise<ReadonlyMap<string, History>> {
    return this.#kept.get(pool) ?? new Map();
  }

  async write(pool: string, provider: string, history: History): Promise<void> {
    this.#kept.set(pool, new Map([...(this.#kept.get(pool) ?? []), [provider, history]]));
  }
}
