import type { HoldReason } from "../domain/sending/outcome.ts";

/** A message kept until there is room or its time comes. Holding the same id and body again replaces it. */
export interface HeldMessage {
  /** Business id. */
  readonly id: string;
  readonly body: string;
  /** The pool whose room it waits for; `shared` for a message that only waits for its time. */
  readonly pool: string;
  readonly provider: string;
  readonly because: HoldReason;
  /** When it was first enqueued, epoch ms: the longest wait is counted from here. */
  readonly enqueuedAtMs: number;
  /** Not before, epoch ms. */
  readonly notBeforeMs: number;
  /** Latest moment it may be held, epoch ms; then it goes back to the send queue whatever the room. */
  readonly untilMs: number;
  /** Higher leaves first. */
  readonly priority: number;
}

export interface HeldMail {
  /** @throws when the message could not be kept; it must then go back to its queue */
  hold(message: HeldMessage): Promise<void>;
}
