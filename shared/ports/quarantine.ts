import type { KeptTimes } from "../domain/sending/id-life.ts";
import type { QuarantineReason } from "../domain/sending/outcome.ts";

/** What is left of a message that SES took and did not send: its names, and no body. */
export interface NotedMessage {
  /** Names what is noted, `[A-Za-z0-9_-]`: under one name it is noted once, however often it is seen. */
  readonly name: string;
  /** Business id, where it is known. */
  readonly id: string | undefined;
  readonly stream: string | undefined;
  /** When it happened, epoch ms; the same whenever it is noted. */
  readonly atMs: number;
}

/** Keeps what can never be sent as it is, with its reason, for a person. */
export interface Quarantine {
  /**
   * Keeps a record whole.
   * @param times - kept, should it be put back
   * @throws when the record could not be kept; it must then go back to its queue
   */
  keep(body: string, reason: QuarantineReason, times: KeptTimes): Promise<void>;
  /** Keeps what is known of a message without a body. @throws when it could not be kept */
  note(message: NotedMessage, reason: QuarantineReason): Promise<void>;
}
