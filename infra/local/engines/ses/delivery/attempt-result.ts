/** What became of one attempt to deliver to one recipient. */
export type AttemptResult =
  /** `reactsInMs`: until the recipient, or a program of theirs, reacts (reaction.ts). */
  { kind: "delivered"; reply: string; reactsInMs?: number } | { kind: "deferred"; reply: string } | Bounced;

export interface Bounced {
  readonly kind: "bounced";
  readonly outcome: "bounced" | "suppressed";
  readonly bounceType: "Permanent" | "Transient";
  readonly bounceSubType: "General" | "Suppressed";
  readonly status: string;
  readonly diagnosticCode: string;
  /** Whether the address goes on the account's suppression list. */
  readonly suppress: boolean;
}
