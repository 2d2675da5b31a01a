import type { HeldMail, HeldMessage, HeldPage } from "../../../shared/ports/held-mail.ts";

type Order = (one: HeldMessage, other: HeldMessage) => number;

const byHolding: Order = (one, other) => (one.holdId < other.holdId ? -1 : Number(one.holdId > other.holdId));
const byDue: Order = (one, other) => one.untilMs - other.untilMs || byHolding(one, other);
const bestFirst: Order = (one, other) =>
  other.priority - one.priority || one.enqueuedAtMs - other.enqueuedAtMs || byHolding(one, other);

/** A place is the message behind which a list goes on, whether it is still there or not. */
function pageOf(messages: HeldMessage[], order: Order, limit: number, from: string | undefined): HeldPage {
  const behind: HeldMessage | undefined = from === undefined ? undefined : JSON.parse(from);
  const left = messages.filter((message) => behind === undefined || order(message, behind) > 0).sort(order);
  const page = left.slice(0, limit);
  // As in DynamoDB, nobody knows that nothing follows a page that is exactly full.
  return { messages: page, next: page.length === limit ? JSON.stringify(page.at(-1)) : undefined };
}

interface Kept {
  readonly message: HeldMessage;
  readonly body: string | undefined;
}

export class MemoryHeldMail implements HeldMail {
  readonly #kept = new Map<string, Kept>();
  readonly #pools = new Set<string>();
  readonly #places = new Map<string, ReadonlyMap<string, string>>();

  async hold(message: HeldMessage, body: string): Promise<void> {
    this.#pools.add(message.pool);
    this.#kept.set(message.holdId, { message, body });
  }

  async pools(): Promise<readonly string[]> {
    return [...this.#pools];
  }

  async due(pool: string, nowMs: number, limit: number, from?: string): Promise<HeldPage> {
    const due = this.#of(pool).filter(({ untilMs }) => untilMs <= nowMs);
    return pageOf(due, byDue, limit, from);
  }

  async waitingProviders(pool: string): Promise<readonly string[]> {
    return [...new Set(this.#waiting(pool).map(({ provider }) => provider))];
  }

  async waiting(pool: string, provider: string, limit: number, from?: string): Promise<HeldPage> {
    const waiting = this.#waiting(pool).filter((message) => message.provider === provider);
    return pageOf(waiting, bestFirst, limit, from);
  }

  async places(pool: string): Promise<ReadonlyMap<string, string>> {
    return this.#places.get(pool) ?? new Map();
  }

  async keepPlaces(pool: string, places: ReadonlyMap<string, string>): Promise<void> {
    this.#places.set(pool, new Map(places));
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
