import { type LifeCycle, newLifeCycle } from "../../../shared/domain/warm-up/life-cycle.ts";
import type { LifeCycles } from "../../../shared/ports/life-cycles.ts";

export class MemoryLifeCycles implements LifeCycles {
  readonly #kept = new Map<string, LifeCycle>();
  /** Runs before each write, as somebody who is faster. */
  beforeWrite: (changed: LifeCycle) => void = () => {};

  async read(pool: string): Promise<LifeCycle> {
    return this.of(pool);
  }

  async write(changed: LifeCycle): Promise<boolean> {
    this.beforeWrite(changed);
    const kept = this.#kept.get(changed.pool);
    if (kept !== undefined && kept.version !== changed.version) return false;
    this.#kept.set(changed.pool, { ...changed, version: changed.version + 1 });
    return true;
  }

  of(pool: string): LifeCycle {
    return this.#kept.get(pool) ?? newLifeCycle(pool);
  }

  /** Puts changes in force, as an operator does. */
  change(pool: string, changes: Partial<LifeCycle>): void {
    const before = this.of(pool);
    this.#kept.set(pool, { ...before, ...changes, version: before.version + 1 });
  }
}
