import type { HeldMail, HeldMessage } from "../../../shared/ports/held-mail.ts";

interface Kept {
  readonly message: HeldMessage;
  readonly body: string | undefined;
}

export class MemoryHeldMail implements HeldMail {
  readonly #kept = new Map<string, Kept>();
  readonly #pools = new Set<string>();

  async hold(message: HeldMessage, body: string): Promise<void> {
    this.#pools.add(message.pool);
    this.#kept.set(message.holdId, { message, body });
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

  async body({ holdId }: HeldMessage): Promise<string | undefined> {
    return this.#kept.get(holdId)?.body;
  }

  async remove({ holdId }: HeldMessage): Promise<void> {
    this.#kept.delete(holdId);
  }

  /** The late write of a worker that was gone: a holding is there again after its removal, without its body. */
  haunt(message: HeldMessage): void {
    this.#pools.add(message.pool);
    this.#kept.set(message.holdId, { message, body: undefined });
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
    return this.#of(pool).filter(({ because }) => because !== "send-after");
  }
}
