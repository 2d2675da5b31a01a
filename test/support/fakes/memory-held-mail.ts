import type { HeldMail, HeldMessage } from "../../../shared/ports/held-mail.ts";

interface Kept {
  readonly message: HeldMessage;
  readonly body: string;
}

export class MemoryHeldMail implements HeldMail {
  readonly #kept = new Map<string, Kept>();
  readonly #pools = new Set<string>();

  async hold(message: HeldMessage, body: string): Promise<void> {
    this.#pools.add(message.pool);
    this.#kept.set(nameOf(message), { message, body });
  }

  async pools(): Promise<readonly string[]> {
    return [...this.#pools];
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

  async body({ holdId }: HeldMessage): Promise<string> {
    const found = [...this.#kept.values()].find(({ message }) => message.holdId === holdId);
    if (found === undefined) throw new Error(`no body is kept for ${holdId}`);
    return found.body;
  }

  async remove(message: HeldMessage): Promise<void> {
    const kept = this.#kept.get(nameOf(message));
    if (kept?.message.holdId === message.holdId) this.#kept.delete(nameOf(message));
  }

  async count(pool: string): Promise<number> {
    return this.#of(pool).length;
  }

  /** Everything that is held. */
  get all(): readonly HeldMessage[] {
    return [...this.#kept.values()].map(({ message }) => message);
  }

  #of(pool: string): HeldMessage[] {
    return this.all.filter((message) => message.pool === pool);
  }

  #waiting(pool: string): HeldMessage[] {
    return this.#of(pool).filter(({ because }) => because === "no-room");
  }
}

/** One place for each message and reason: holding it again takes the place of the holding before. */
function nameOf({ pool, id, fingerprint, because }: HeldMessage): string {
  return `${pool}/${because}/${id}/${fingerprint}`;
}
