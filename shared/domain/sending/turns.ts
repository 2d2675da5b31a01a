/** The turns of one environment to call SES: their pace, and what SES's throttling has made of it. */
export interface Turns {
  /** The next call may begin then, epoch ms; one that comes late may catch up for as long as a burst lasts. */
  readonly nextAtMs: number;
  /** Part of its share that the environment used after it was throttled last, above 0 up to 1. */
  readonly part: number;
  /** When it was throttled last, epoch ms; 0 for never. */
  readonly throttledAtMs: number;
  /** Times it was throttled since SES last took a mail. */
  readonly streak: number;
}

export const newTurns: Turns = {
  nextAtMs: Number.NEGATIVE_INFINITY,
  part: 1,
  throttledAtMs: 0,
  streak: 0,
};

/** Time that an idle environment may make up for at once, ms. */
export const burstMs = 250;

/** What is left of the pace after SES throttled a call: somebody else uses the account's rate as well. */
const keptPart = 0.95;
/** Never less than this part: the way back is slow. */
const leastPart = 0.02;
/** The part grows by so much a second. */
const regainedPerSecond = 0.002;

/** Wait after a first throttled call, ms; it doubles while SES takes nothing. */
const firstPauseMs = 500;
const longestPauseMs = 8_000;

/** What stands for the share of an environment that is throttled and does not know it, recipients a second. */
const unknownShare = 200;

/**
 * Pace of one environment, recipients a second: its share, of which SES's throttling takes a part away. That comes back
 * a little every second.
 * @param share - Infinity while it is not known: then there is no pace until SES throttles
 */
export function paceAt({ part, throttledAtMs }: Turns, share: number, nowMs: number): number {
  const used = Math.min(1, part + (regainedPerSecond * Math.max(0, nowMs - throttledAtMs)) / 1000);
  if (used === 1) return share;
  return used * (Number.isFinite(share) ? share : unknownShare);
}

/**
 * After a call for some recipients was begun. One with many recipients goes at its turn, and those behind it wait longer.
 * @param perSecond - the pace, recipients a second; Infinity for none
 */
export function afterTurn(
  turns: Turns,
  { nowMs, recipients, perSecond }: { readonly nowMs: number; readonly recipients: number; readonly perSecond: number },
): Turns {
  return { ...turns, nextAtMs: Math.max(turns.nextAtMs, nowMs - burstMs) + (recipients * 1000) / perSecond };
}

/** After SES throttled a call: a pause for all, and less from then on. Calls under way meanwhile are the same event. */
export function afterThrottle(
  turns: Turns,
  { beganMs, nowMs }: { readonly beganMs: number; readonly nowMs: number },
): Turns {
  if (beganMs <= turns.throttledAtMs) return turns;
  const used = paceAt(turns, 1, nowMs);
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** turns.streak);
  return {
    nextAtMs: Math.max(turns.nextAtMs, nowMs + pauseMs),
    part: Math.max(leastPart, used * keptPart),
    throttledAtMs: nowMs,
    streak: turns.streak + 1,
  };
}

/** After SES answered a call in any other way: the next pause is a short one again. */
export function afterAnswer(turns: Turns, beganMs: number): Turns {
  return turns.streak === 0 || beganMs <= turns.throttledAtMs ? turns : { ...turns, streak: 0 };
}
