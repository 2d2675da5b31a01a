/** A queue beside the send queue, where a message waits without spending its receive count. */
export interface Parking {
  /** @param delaySeconds - at most 900 (SQS); longer waits park again. @throws when the message could not be parked */
  park(message: ParkedMessage, delaySeconds: number): Promise<void>;
}

export interface ParkedMessage {
  /** Unchanged, as the application enqueued it. */
  readonly body: string;
  /** When the application enqueued it, epoch ms. */
  readonly enqueuedAtMs: number;
  /** How often it was parked before, in a row. */
  readonly parkings: number;
  /** When the row began, epoch ms: now, if it was not parked before. */
  readonly parkedSinceMs: number;
}
