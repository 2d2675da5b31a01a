import type { HeldMail, HeldMessage } from "../../../shared/ports/held-mail.ts";

export class MemoryHeldMail implements HeldMail {
  readonly #kept = new Map<string, HeldMessage>();

  async hold(message: HeldMessage): Promise<void> {
    this.#kept.set(nameOf(message), message);
  }

  async due(pool: string, nowMs: number, limit: number): Promise<readonly HeldMessage[]> {
    return this.#of(pool)
      .filter(({ untilMs }) => untilMs <= nowMs)
      .sort((one, other) => one.untilMs - other.untilMs)
      .slice(0, limit);
  }

  async waitingProviders(pool: string): Promise<readonly string[]> {
    return [...new Set(this.#waiting(pool).map(({ provider }) => provider))];
  }

  async waiting(pool: string, provider: string, limit: number): Promise<readonly HeldMessage[]> {
    return this.#waiting(pool)
      .filter((message) => message.provider === provider)
      .sort((one, other) => other.priority - one.priority || one.enqueuedAtMs - other.enqueuedAtMs)
      .slice(0, limit);
  }

  /** Held again since it was found: then what was found is gone already. */
  async remove(message: HeldMessage): Promise<void> {
    const kept = this.#kept.get(nameOf(message));
    if (kept?.notBeforeMs === message.notBeforeMs) this.#kept.delete(nameOf(message));
  }

  async count(pool: string): Promise<number> {
    return this.#of(pool).length;
  }

  /** Everything that is held. */
  get all(): readonly HeldMessage[] {
    return [...this.#kept.values()];
  }

  #of(pool: string): HeldMessage[] {
    return this.all.filter((message) => message.pool === pool);
  }

  #waiting(pool: string): HeldMessage[] {
    return this.#of(pool).filter(({ because }) => because === "no-room");
  }
}

function nameOf({ pool, id, because }: HeldMessage): string {
  return `${pool}/${because}/${id}`;
}
