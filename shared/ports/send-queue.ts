import type { KeptTimes } from "../domain/sending/id-life.ts";

/** Puts mail back on the send queue. */
export interface SendQueue {
  /** Its times are kept. @throws when it could not be enqueued */
  enqueue(message: QueuedMessage): Promise<void>;
}

export interface QueuedMessage extends KeptTimes {
  /** Unchanged, as the application enqueued it. */
  readonly body: string;
}
