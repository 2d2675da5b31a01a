import type { HoldReason } from "../domain/sending/outcome.ts";

/** A message kept until there is room or its time comes. */
export interface HeldMessage {
  /** Business id. */
  readonly id: string;
  /** Unchanged, as the application enqueued it. */
  readonly body: string;
  /** The pool whose room it waits for; `shared` for a message without a pool that waits for its time. */
  readonly pool: string;
  readonly provider: string;
  readonly because: HoldReason;
  /** When the application enqueued it, epoch ms: the longest wait is counted from here. */
  readonly enqueuedAtMs: number;
  /** Not before, epoch ms. */
  readonly notBeforeMs: number;
  /** Latest moment it may be held, epoch ms; then it goes back to the send queue whatever the room. */
  readonly untilMs: number;
  /** Higher leaves first. */
  readonly priority: number;
}

/** Mail held by this deployment. A message found here was not removed yet: releasing it twice is possible and safe. */
export interface HeldMail {
  /** @throws when the message could not be kept; it must then go back to its queue */
  hold(message: HeldMessage): Promise<void>;
  /** Messages of a pool whose time has come, the longest due first. @param nowMs - epoch ms */
  due(pool: string, nowMs: number, limit: number): Promise<readonly HeldMessage[]>;
  /** Providers with mail that waits for room in a pool. */
  waitingProviders(pool: string): Promise<readonly string[]>;
  /** Messages that wait for room, the most engaged first. */
  waiting(pool: string, provider: string, limit: number): Promise<readonly HeldMessage[]>;
  remove(message: HeldMessage): Promise<void>;
  /** Messages held for a pool, whatever they wait for. For people: it may be a second old, and it reads all of them. */
  count(pool: string): Promise<number>;
}
