import { dayMs } from "../utc-day.ts";

/** An id stays known for this long after its message ended, ms: what is enqueued under it until then is a copy. */
const promisedMs = 28 * dayMs;

/**
 * A copy that was not looked up for longer is not sent, ms. It leaves room for what nobody can look at: mail that lies in
 * dead letters, 14 days, before or behind a wait in which it is looked up every 12 days.
 */
const longestUnseenMs = 27 * dayMs;
const lookUpEveryMs = 12 * dayMs;

/**
 * How long a claim is kept, ms from when it was written or, if later, from when its message may be sent. A copy that was
 * enqueued on the last day of the promise may come as late as it may come at all: its id is known then, with a day to spare.
 */
export const claimLifeMs = promisedMs + longestUnseenMs + dayMs;

/** When a claim may be forgotten, epoch ms. */
export function claimedUntilMs(nowMs: number, { sendAfter = 0 }: { readonly sendAfter?: number | undefined }): number {
  return Math.max(nowMs, sendAfter) + claimLifeMs;
}

/** What a copy of a message carries with it wherever it waits; epoch ms. */
export interface KeptTimes {
  /** First time it was put on the send queue. */
  readonly enqueuedAtMs: number;
  /** Last time this copy held the claim of its id; undefined before the first. */
  readonly claimedAtMs?: number | undefined;
}

/** What decides how old a copy is; epoch ms. */
export interface CopyTimes extends KeptTimes {
  /** No copy could be sent before. */
  readonly sendAfterMs: number | undefined;
}

/**
 * Since when something may have been sent under the id that this copy does not know of, epoch ms. Waiting does not make a
 * copy old: once it held the claim there is nothing to know before its `sendAfter`, and whoever waits longer looks again.
 */
function unseenSinceMs({ enqueuedAtMs, claimedAtMs, sendAfterMs = 0 }: CopyTimes): number {
  // Nobody looked yet: other content may have been sent under its id long before its own time.
  if (claimedAtMs === undefined) return enqueuedAtMs;
  return Math.max(enqueuedAtMs, claimedAtMs, sendAfterMs);
}

/** Whether what is known of a copy's id may be forgotten: nobody can say any more whether it was sent. */
export function isTooOld(copy: CopyTimes, nowMs: number): boolean {
  return nowMs - unseenSinceMs(copy) > longestUnseenMs;
}

/** Whether a copy that has to wait should look its claim up first, so that it stays known however long it waits. */
export function mustLookUp(copy: CopyTimes, nowMs: number): boolean {
  return nowMs - unseenSinceMs(copy) > lookUpEveryMs;
}
