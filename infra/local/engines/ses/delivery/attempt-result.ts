/** What became of one attempt to deliver to one recipient. */
export type AttemptResult =
  | { kind: "delivered"; reply: string /** Milliseconds until the recipient complains. */; complaintInMs?: number }
  | { kind: "deferred"; reply: string }
  | Bounced;

export interface Bounced {
  readonly kind: "bounced";
  readonly outcome: "bounced" | "suppressed";
  readonly bounceType: "Permanent" | "Transient";
  readonly bounceSubType: "General" | "Suppressed" | "OnAccountSuppressionList";
  readonly status: string;
  readonly diagnosticCode: string;
  /** Whether the address goes on the account's suppression list. */
  readonly suppress: boolean;
}
