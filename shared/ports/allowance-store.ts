import type { AllowanceKey } from "../domain/sending/allowance.ts";

/** How much of what was asked a batch got. What is granted counts as used until it is released. */
export type Reservation =
  | { readonly kind: "granted"; readonly recipients: number; readonly epoch: number }
  /** No room, or no allowance for that day: the answer is never "unlimited". */
  | { readonly kind: "none"; readonly because: "spent" | "no-allowance" }
  /** The write got no answer. It counts as used and must not be spent. */
  | { readonly kind: "unknown" };

/** Allowances of one (pool, route, provider, UTC day), exact under any number of concurrent callers. */
export interface AllowanceStore {
  /** Takes up to `recipients` (at least 1) of what is left, in one conditional update. */
  reserve(key: AllowanceKey, recipients: number): Promise<Reservation>;
  /** Gives back what a reservation of `epoch` did not use. Best effort: a failure leaves it on the used side. */
  release(key: AllowanceKey, recipients: number, epoch: number): Promise<void>;
}
