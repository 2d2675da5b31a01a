/** Puts mail back on the send queue. */
export interface SendQueue {
  /** @param enqueuedAtMs - when the application enqueued it, epoch ms; kept. @throws when it could not be enqueued */
  enqueue(message: { readonly body: string; readonly enqueuedAtMs: number }): Promise<void>;
}
