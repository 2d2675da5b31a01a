import type { QuarantineReason } from "../domain/sending/outcome.ts";

/** Keeps what can never be sent as it is, whole and with its reason, for a person. */
export interface Quarantine {
  /** @throws when the record could not be kept; it must then go back to its queue */
  keep(body: string, reason: QuarantineReason): Promise<void>;
}
