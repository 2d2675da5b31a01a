import type { RouteKind } from "../routing/route.ts";

/** Why a message can never be sent as it is. */
export interface QuarantineReason {
  readonly code:
    | "not-json"
    | "too-large"
    | "too-deep"
    | "forbidden-key"
    | "not-a-send-message"
    | "unknown-stream"
    | "identity-not-allowed"
    | "dead-address"
    | "send-after-too-far"
    | "too-old"
    | "same-id-other-content"
    | "send-before-passed"
    | "refused-by-ses"
    | "outcome-unknown";
  /** One sentence a person can act on: what was found, what was expected, what to do. No address, no body. */
  readonly sentence: string;
}

export type HoldReason = "send-after" | "no-room";

export type ParkReason =
  | "outcome-unknown"
  | "ses-throttled"
  | "send-rate"
  | "ses-quota"
  | "ses-paused"
  | "ses-misconfigured"
  | "ses-silent";

export type AgainReason =
  | "owner-at-work"
  | "ses-throttled"
  | "send-rate"
  | "out-of-time"
  | "reservation-unknown"
  | "claim-contended"
  | "store-failed";

/** How one record of a batch ended; exactly one for each record. Only `again` goes back to the queue. */
export type Outcome =
  | { readonly kind: "sent"; readonly route: RouteKind }
  | { readonly kind: "already-sent"; readonly provenBy: "receipt" | "proof" }
  | { readonly kind: "held"; readonly because: HoldReason; readonly untilMs: number }
  | { readonly kind: "parked"; readonly because: ParkReason }
  | { readonly kind: "quarantined"; readonly reason: QuarantineReason }
  | { readonly kind: "again"; readonly because: AgainReason; readonly delaySeconds: number };
