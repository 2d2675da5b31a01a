/**
 * A message that SES refused without a word on why. Alone it proves nothing: the fault may be its own. Two that have
 * little in common speak for the route they share.
 */
export interface Witness {
  readonly message: string;
  readonly stream: string;
  readonly from: string;
  /** Class of SES's error. */
  readonly error: string;
}

/** Whether two witnesses together speak for a fault of their configuration set. */
export function agree(one: Witness, other: Witness): boolean {
  const sameSource = one.stream === other.stream && one.from === other.from;
  return one.error === other.error && one.message !== other.message && !sameSource;
}
