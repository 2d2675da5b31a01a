import type { ParkedMessage } from "./parking.ts";

/** Puts mail back on the send queue. */
export interface SendQueue {
  /** Its times are kept. @throws when it could not be enqueued */
  enqueue(message: ParkedMessage): Promise<void>;
}
