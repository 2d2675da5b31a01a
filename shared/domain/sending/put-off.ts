const minuteMs = 60_000;
const firstWaitMs = 15 * minuteMs;
const longestWaitMs = 12 * 60 * minuteMs;

/** A message that SES put off so often goes to quarantine: the last try is made three days after the first. */
const mostPutOffs = 12;

/** Time until a message is tried again that SES put off, ms: twice as long each time. @param times - this time included */
export function putOffWaitMs(times: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (times - 1));
}

/** Whether a message has been put off for long enough. @param times - this time included */
export function isGivenUp(times: number): boolean {
  return times >= mostPutOffs;
}
