/** The time as AWS has it: the clock that all instances and operators share. */
export interface ServiceClock {
  /** Asks for it, with one call. @returns epoch ms, exact to the second. @throws when there is no answer */
  nowMs(): Promise<number>;
}
