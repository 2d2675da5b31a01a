import type { MailNames } from "../domain/sending/circuit-scope.ts";
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
  /** Latest moment it may be held, epoch ms; then it goes back to the send queue whatever the room. */
  readonly untilMs: number;
  /** Higher leaves first. */
  readonly priority: number;
  /** What else decides its routes; undefined for mail that was held by a version that did not keep it. */
  readonly routing?: HeldRouting | undefined;
}

export interface HeldRouting {
  /** Stands for how its stream chose pools when it was held (`poolChoiceOf`). */
  readonly poolChoice: number;
  readonly names: MailNames;
  /** Epoch ms. */
  readonly sendAfterMs?: number | undefined;
  readonly sendBeforeMs?: number | undefined;
}

/** Some messages of a list, in its order. */
export interface HeldPage {
  readonly messages: readonly HeldMessage[];
  /** The place at which the list goes on, also when what stood there has gone; undefined at its end. */
  readonly next: string | undefined;
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
  /** Messages of a pool whose time has come, the longest due first. @param from - a place; from the start without it */
  due(pool: string, nowMs: number, limit: number, from?: string): Promise<HeldPage>;
  /** Providers with mail that waits for room in a pool. */
  waitingProviders(pool: string): Promise<readonly string[]>;
  /** Messages that wait for room, the best first. @param from - a place; from the start without it */
  waiting(pool: string, provider: string, limit: number, from?: string): Promise<HeldPage>;
  /** The places that were kept last of lists of waiting messages, by provider. */
  places(pool: string): Promise<ReadonlyMap<string, string>>;
  /** Keeps places in the stead of those before. */
  keepPlaces(pool: string, places: ReadonlyMap<string, string>): Promise<void>;
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
