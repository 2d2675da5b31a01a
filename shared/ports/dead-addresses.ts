/**
 * Addresses that earlier mail has proved dead for good. An address stays here for 180 days after it was last added:
 * a mailbox may be opened anew. Casing makes no difference.
 */
export interface DeadAddresses {
  /** Safe to repeat. @throws when some could not be kept; all must then be added again */
  add(addresses: readonly string[], nowMs: number): Promise<void>;
  /**
   * Those of the given addresses that are dead, written as they were given.
   * @param nowMs - an address past its expiry counts as absent, whether or not the store has removed it
   */
  among(addresses: readonly string[], nowMs: number): Promise<ReadonlySet<string>>;
}
