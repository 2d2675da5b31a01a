/** The account's sending rate and who uses it, as the deployment's environments tell each other. */
export interface KnownRate {
  /** Recipients a second SES takes from the account; undefined until the guard has read it. */
  readonly perSecond: number | undefined;
  /** Of the last periods. */
  readonly counts: readonly SenderCount[];
}

export interface SenderCount {
  readonly period: number;
  /** Environments that had to wait for a turn in the period. */
  readonly senders: number;
}

/** Environments are counted anew as often, ms: a change of the rate or of their number takes effect this late. */
const periodMs = 10_000;

/** Periods that are kept: clocks that differ a little never overwrite a count that is still read. */
export const keptPeriods = 3;

/** Number of the period that a moment (epoch ms) lies in. */
export function periodAt(nowMs: number): number {
  return Math.floor(nowMs / periodMs);
}

/** Where a period's count is kept, 0 to 2. */
export function placeOf(period: number): number {
  return period % keptPeriods;
}

/** Of the account's rate this part is used, so that rounding and timers never add up to more. */
const usedPart = 0.995;

/**
 * Among how many environments the account's rate is shared, as one of them sees it when it has been counted in a period:
 * those that were at their limit in the whole period before. One that was not among those takes the part it would have
 * if every environment sent, so that newcomers never take much more than is left over.
 * @param most - environments the deployment may have at once
 */
export function sharers({ counts }: KnownRate, period: number, wasCounted: boolean, most: number): number {
  const before = counts.find((each) => each.period === period - 1)?.senders ?? 0;
  return wasCounted && before > 0 ? Math.min(before, most) : most;
}

/** What one environment may send, recipients a second; Infinity while the account's rate is not known. */
export function shareOf(perSecond: number | undefined, among: number): number {
  return perSecond === undefined ? Number.POSITIVE_INFINITY : (usedPart * perSecond) / among;
}
