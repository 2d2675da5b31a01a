/** Why SES takes no mail for now: the account's quota, a pause, or the deployment's own settings. */
export type CircuitReason = "ses-quota" | "ses-paused" | "ses-misconfigured";

/** Stands for the whole account; every other scope is a configuration set, and none is named so. */
export const accountScope = "*";

/** SES refused one mail for a reason that holds for all others of its scope: until its time nobody asks again. */
export interface Circuit {
  readonly scope: string;
  readonly reason: CircuitReason;
  /** Epoch ms. Then one batch tries, and opens the circuit anew if SES still refuses. */
  readonly untilMs: number;
}

/** How long a circuit stays open, ms: a quota is a rolling 24 hours, so head-room comes back a little at a time. */
const circuitMs: Readonly<Record<CircuitReason, number>> = {
  "ses-quota": 300_000,
  "ses-paused": 300_000,
  "ses-misconfigured": 120_000,
};

export function circuitAt(scope: string, reason: CircuitReason, nowMs: number): Circuit {
  return { scope, reason, untilMs: nowMs + circuitMs[reason] };
}
