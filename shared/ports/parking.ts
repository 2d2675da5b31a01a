import type { KeptTimes } from "../domain/sending/id-life.ts";

/** A queue beside the send queue, where a message waits without spending its receive count. */
export interface Parking {
  /** @param delaySeconds - at most 900 (SQS); longer waits park again. @throws when the message could not be parked */
  park(message: ParkedMessage, delaySeconds: number): Promise<void>;
}

export interface ParkedMessage extends KeptTimes {
  /** Unchanged, as the application enqueued it. */
  readonly body: string;
}
