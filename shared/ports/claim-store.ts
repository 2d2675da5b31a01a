import type { Claim } from "../domain/sending/claim.ts";

export type ClaimAnswer =
  | { readonly kind: "claimed" }
  /** Somebody claimed the id before; their claim. */
  | { readonly kind: "taken"; readonly by: Claim };

/**
 * One claim for each business id of the deployment, kept until `untilMs` of its last write.
 * Both writes are conditional and safe to repeat: an own claim found again is `claimed`.
 */
export interface ClaimStore {
  /** A claim past its time counts as absent, whether or not the store has removed it. */
  claim(id: string, claim: Claim, times: ClaimTimes): Promise<ClaimAnswer>;
  /** Replaces exactly the given claim; `taken` when it is no longer the one in force. */
  takeOver(id: string, from: Claim, to: Claim, times: Pick<ClaimTimes, "untilMs">): Promise<ClaimAnswer>;
}

/** Epoch ms. */
export interface ClaimTimes {
  readonly nowMs: number;
  /** When the claim may be forgotten. */
  readonly untilMs: number;
}
