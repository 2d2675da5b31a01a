import type { Claim } from "../domain/sending/claim.ts";

export type ClaimAnswer =
  | { readonly kind: "claimed" }
  /** Somebody claimed the id before; their claim. */
  | { readonly kind: "taken"; readonly by: Claim };

/**
 * One claim for each business id of the deployment, kept at least as long as a message can come back (28 days).
 * Both writes are conditional and safe to repeat: an own claim found again is `claimed`.
 */
export interface ClaimStore {
  /** @param nowMs - a claim past its expiry counts as absent, whether or not the store has removed it */
  claim(id: string, claim: Claim, nowMs: number): Promise<ClaimAnswer>;
  /** Replaces exactly the given claim; `taken` when it is no longer the one in force. */
  takeOver(id: string, from: Claim, to: Claim, nowMs: number): Promise<ClaimAnswer>;
}
