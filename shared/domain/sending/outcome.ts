import type { PassedOver } from "../routing/passed-over.ts";
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
    | "outcome-unknown"
    | "rendering-failed"
    | "rejected-after-acceptance";
  /** One sentence a person can act on: what was found, what was expected, what to do. No address, no body. */
  readonly sentence: string;
}

/** `wall`: the wall before its stream keeps it from a route. */
export type HoldReason = "send-after" | "no-room" | "wall";

export type ParkReason =
  | "outcome-unknown"
  | "ses-throttled"
  | "send-rate"
  | "ses-quota"
  | "ses-paused"
  | "ses-misconfigured"
  | "ses-silent"
  | "ses-put-off";

export type AgainReason =
  | "owner-at-work"
  | "ses-throttled"
  | "send-rate"
  | "out-of-time"
  | "reservation-unknown"
  | "claim-contended"
  | "store-failed";

/** Routes that a message did not take, in its order; none for one that took its first, or whose routes nobody looked at. */
interface WithPassedOver {
  readonly passedOver: readonly PassedOver[];
}

/** How one record of a batch ended; exactly one for each record. Only `again` goes back to the queue. */
export type Outcome =
  | ({ readonly kind: "sent"; readonly route: RouteKind } & WithPassedOver)
  | { readonly kind: "already-sent"; readonly provenBy: "receipt" | "proof" }
  | ({ readonly kind: "held"; readonly because: HoldReason; readonly untilMs: number } & WithPassedOver)
  | ({ readonly kind: "parked"; readonly because: ParkReason } & Partial<WithPassedOver>)
  | { readonly kind: "quarantined"; readonly reason: QuarantineReason }
  | { readonly kind: "again"; readonly because: AgainReason; readonly delaySeconds: number };
