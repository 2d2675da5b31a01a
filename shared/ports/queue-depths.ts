/** What an operator watches: mail on its way in, mail that waits, and the ways into the list of what was set aside. */
export const watchedQueues = ["send", "parked", "quarantine", "deadLetters"] as const;

export type WatchedQueue = (typeof watchedQueues)[number];

/** Messages of one queue, or of several together. SQS counts approximately: right within a minute once traffic pauses. */
export interface QueueDepth {
  /** Ready to be received. */
  readonly visible: number;
  /** Received and not yet deleted. */
  readonly inFlight: number;
  /** Not ready yet, because of a delay. */
  readonly delayed: number;
}

export type DepthOfQueues = Readonly<Record<WatchedQueue, QueueDepth>>;

/** How much mail lies on the queues. Reading moves and hides nothing. */
export interface QueueDepths {
  read(): Promise<DepthOfQueues>;
}
