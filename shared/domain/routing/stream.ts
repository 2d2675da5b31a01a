import type { PoolRule } from "./pool-rule.ts";

/** A class of mail with a reputation of its own, such as receipts or newsletters (guide row 10). */
export interface Stream {
  readonly name: string;
  /** The pool whose dedicated IPs carry this stream; none means SES's shared IPs only (guide row 1). */
  readonly pool?: string | undefined;
  /** Give part of the mail to other pools; the first that holds decides, else `pool` (choose-pool.ts). */
  readonly poolRules: readonly PoolRule[];
  /** False for receivers that accept listed addresses only: such mail never leaves from shared IPs (guide row 7). */
  readonly sharedAllowed: boolean;
  /** What happens to a message when its dedicated routes are full: leave by shared IPs at once, or wait for room. */
  readonly whenFull: "overflow" | "hold";
  /** Longest time a message may be held for room, in ms from when it was enqueued or, if later, its `sendAfter`. */
  readonly longestHoldMs: number;
  /** What to do when nothing proves whether SES took a message: send it again, or set it aside for a person. */
  readonly onUnknown: "resend" | "quarantine";
  /** How long an unknown outcome waits for proof, in ms from the deadline of its claim. */
  readonly unknownWaitMs: number;
  /** Whether messages whose recipients are all known to be dead are refused without a call to SES. */
  readonly refuseDead: boolean;
  /**
   * Fraction of the messages that form two random samples, to compare warming IPs with others (reference-arm.ts); half
   * of it keeps off warming IPs. 0 for none; nothing for a stream without a pool.
   */
  readonly referenceShare: number;
  /** Verified identities (domains or addresses) this stream may send from. */
  readonly identities: readonly string[];
}
