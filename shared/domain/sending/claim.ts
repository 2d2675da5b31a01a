/** A message's right to be sent, taken once for its business id. */
export interface Claim {
  /** The id of the dispatcher batch that holds the claim. */
  readonly batch: string;
  /** Position of the message in that batch, from 0. */
  readonly position: number;
  /** 1 for the first claim; one more with every takeover. */
  readonly attempt: number;
  /** How often the message was sent again without proof that the time before failed. */
  readonly resends: number;
  /** How often it was sent again after an attempt that fell into a silence of SES; those count as no resends. */
  readonly silentResends?: number | undefined;
  /** How often SES put it off before this attempt. */
  readonly putOffs?: number | undefined;
  /** Until then (epoch ms) the batch may still be at work; no call starts after it. */
  readonly deadlineMs: number;
  /** Hash of the message's content: the same id with other content is another message. */
  readonly fingerprint: string;
}

/** What a batch did, by position. Its absence after the deadline means that the worker died. */
export interface Receipt {
  readonly batch: string;
  readonly sent: readonly number[];
  /** Positions whose call to SES ended without an answer. */
  readonly unknown: readonly number[];
  /** True when SES answered nobody at that time: what is unknown then says nothing of its message. */
  readonly silent?: boolean | undefined;
  /** Positions that SES put off: not sent, and to be tried again later than others. */
  readonly putOff?: readonly number[] | undefined;
}

/** What is known about a message that somebody claimed before. */
export type ClaimStanding =
  | { readonly kind: "other-content" }
  | { readonly kind: "sent"; readonly provenBy: "receipt" | "proof" }
  | { readonly kind: "not-sent" }
  /** Not sent, because SES put it off. */
  | { readonly kind: "put-off"; readonly sinceMs: number }
  | { readonly kind: "owner-at-work" }
  /** @property silent - SES answered nobody when it was called */
  | { readonly kind: "unknown"; readonly sinceMs: number; readonly silent: boolean };

export interface ClaimEvidence {
  readonly claim: Claim;
  readonly fingerprint: string;
  readonly receipt: Receipt | undefined;
  /** Positions of the claim's batch that an SES event has proved. */
  readonly proof: ReadonlySet<number>;
  /** No call may be made before, epoch ms. */
  readonly sendAfterMs?: number | undefined;
  readonly nowMs: number;
}

/**
 * Reads the standing of a claimed message from receipt and proof. Never from a missing receipt alone: before the
 * deadline its owner may be at work, after it the outcome is unknown, not "not sent".
 */
export function standingOf(evidence: ClaimEvidence): ClaimStanding {
  const { claim, fingerprint, receipt, proof, sendAfterMs = 0, nowMs } = evidence;
  if (claim.fingerprint !== fingerprint) return { kind: "other-content" };
  if (receipt?.sent.includes(claim.position)) return { kind: "sent", provenBy: "receipt" };
  if (proof.has(claim.position)) return { kind: "sent", provenBy: "proof" };
  // Its owner's time was over before the message's began: it held it, and called nobody.
  if (claim.deadlineMs <= sendAfterMs) return { kind: "not-sent" };
  const sinceMs = claim.deadlineMs;
  if (receipt?.putOff?.includes(claim.position)) return { kind: "put-off", sinceMs };
  if (receipt !== undefined && !receipt.unknown.includes(claim.position)) return { kind: "not-sent" };
  if (receipt === undefined && nowMs <= claim.deadlineMs) return { kind: "owner-at-work" };
  return { kind: "unknown", sinceMs, silent: receipt?.silent ?? false };
}

/** A message whose outcome stays unknown is sent again this often; then a person has to look. */
export const maxResends = 2;

/** Longest wait for proof that a silence of SES makes, ms. */
export const longestSilentWaitMs = 30 * 60_000;

/**
 * How long an unknown outcome waits for proof, ms from its claim's deadline: twice as long with each attempt that fell
 * into a silence, so that a message which alone asks whether SES answers again is not delivered many times.
 */
export function proofWaitMs({ silentResends = 0 }: Pick<Claim, "silentResends">, unknownWaitMs: number): number {
  return Math.max(unknownWaitMs, Math.min(longestSilentWaitMs, unknownWaitMs * 2 ** silentResends));
}

/** The value of tag `sw-id`; an SES event carries it back and so proves that SES took the call. */
export function claimTag({ batch, position, attempt }: Pick<Claim, "batch" | "position" | "attempt">): string {
  return `${batch}-${position}-${attempt}`;
}

/** The claim a `sw-id` tag names; undefined when it is not one of ours. */
export function parseClaimTag(tag: string): Pick<Claim, "batch" | "position" | "attempt"> | undefined {
  const [, batch, position, attempt] = /^([A-Za-z0-9_]{1,64})-(\d{1,6})-(\d{1,6})$/.exec(tag) ?? [];
  if (batch === undefined) return undefined;
  return { batch, position: Number(position), attempt: Number(attempt) };
}
