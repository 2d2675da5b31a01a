import type { AllowanceKey, RoomReason, RouteDay } from "../domain/sending/allowance.ts";
import type { Demand } from "../domain/sending/share-out.ts";

/** How much of what was asked a batch got. What is granted counts as used until it is released. */
export type Reservation =
  | {
      readonly kind: "granted";
      readonly recipients: number;
      readonly epoch: number;
      /** Why it is less than was asked; left out where it is all. */
      readonly short?: RoomReason | undefined;
    }
  /** No room, or no allowance for that day: the answer is never "unlimited". */
  | { readonly kind: "none"; readonly because: RoomReason }
  /** The write got no answer. It counts as used and must not be spent. */
  | { readonly kind: "unknown"; readonly error?: string | undefined };

/** By mailbox provider. */
export type Reservations = ReadonlyMap<string, Reservation>;

/** Allowances of one (pool, route, provider, UTC day), exact under any number of concurrent callers. */
export interface AllowanceStore {
  /**
   * Takes of what is left up to what is asked, in one conditional update for each group of providers.
   * @param demand - recipients by mailbox provider, at least 1 each
   * @returns an answer for every provider of the demand
   */
  reserve(of: RouteDay, demand: Demand): Promise<Reservations>;
  /**
   * Gives back what a reservation did not use. Best effort: a failure leaves it on the used side.
   * @param epoch - the reservation's; undefined where nobody knows it, and then as if limit or brake had changed since
   */
  release(key: AllowanceKey, recipients: number, epoch: number | undefined): Promise<void>;
}
