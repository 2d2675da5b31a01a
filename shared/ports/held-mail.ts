import type { HoldReason } from "../domain/sending/outcome.ts";
import type { Demand } from "../domain/sending/share-out.ts";
import { dayMs } from "../domain/utc-day.ts";

/** A body is kept for its holding, and at least this long after `untilMs`; what a crash leaves behind goes then, ms. */
export const bodyKeptMs = 14 * dayMs;

/** One holding of a message until there is room or its time comes; the body is kept apart. */
export interface HeldMessage {
  /** Names this holding: a message held again has another one. */
  readonly holdId: string;
  /** Business id. */
  readonly id: string;
  readonly stream: string;
  /** The pool whose room it waits for; `shared` for a message without a pool that waits for its time. */
  readonly pool: string;
  /** The provider it is filed under: one of `demand`. */
  readonly provider: string;
  /** Recipients by mailbox provider. */
  readonly demand: Demand;
  readonly because: HoldReason;
  /** When the application enqueued it, epoch ms. */
  readonly enqueuedAtMs: number;
  /** When its id was claimed before it was held, epoch ms. */
  readonly claimedAtMs: number;
  /** Latest moment it may be held, epoch ms; then it goes back to the send queue whatever the room. */
  readonly untilMs: number;
  /** Higher leaves first. */
  readonly priority: number;
}

/**
 * Mail held by this deployment. Releasing it twice is possible and safe. A holding may be found again after it was
 * removed, without its body: a write of a worker that was gone can arrive late.
 */
export interface HeldMail {
  /** @throws when the message could not be kept; it must then go back to its queue */
  hold(message: HeldMessage, body: string): Promise<void>;
  /** Pools that mail was ever held for, whether or not the configuration still has them. */
  pools(): Promise<readonly string[]>;
  /** Messages of a pool whose time has come, the longest due first. @param nowMs - epoch ms */
  due(pool: string, nowMs: number, limit: number): Promise<readonly HeldMessage[]>;
  /** Providers with mail that waits for room in a pool. */
  waitingProviders(pool: string): Promise<readonly string[]>;
  /** Messages that wait for room, the best first. */
  waiting(pool: string, provider: string, limit: number): Promise<readonly HeldMessage[]>;
  /**
   * Unchanged, as the application enqueued it; undefined when a part is missing. Until `bodyKeptMs` after `untilMs` only
   * `remove` takes a part away.
   */
  body(message: HeldMessage): Promise<string | undefined>;
  /** Removes this holding and its body, and no other holding of the message. */
  remove(message: HeldMessage): Promise<void>;
  /** Messages held for a pool. */
  count(pool: string): Promise<number>;
}
