import { type CircuitScope, type MailNames, scopesOver, scopeText } from "./circuit-scope.ts";

/** Why SES takes no mail for now: the account's quota, a pause, the deployment's own settings, or no answer at all. */
export type CircuitReason = StopReason | "ses-silent";

/** Why SES refuses all mail of a scope. */
export type StopReason = "ses-quota" | "ses-paused" | "ses-misconfigured";

/** SES takes no mail of a scope: until its time nobody asks again. */
export interface Circuit {
  readonly scope: CircuitScope;
  readonly reason: CircuitReason;
  /** When the trouble began, as far as it is one without a break, epoch ms. */
  readonly sinceMs: number;
  /** Epoch ms. Then SES is asked, and the circuit opened anew if it still takes nothing. */
  readonly untilMs: number;
}

/** Circuits in force by the text of their scope. */
export type OpenCircuits = ReadonlyMap<string, Circuit>;

/** How long a circuit stays open, ms: a quota is a rolling 24 hours, so head-room comes back a little at a time. */
const circuitMs: Readonly<Record<StopReason, number>> = {
  "ses-quota": 300_000,
  "ses-paused": 120_000,
  "ses-misconfigured": 120_000,
};

/** A silence is looked at soon at first, because most are short, and then at longer intervals, ms. */
const silence = { firstMs: 15_000, longestMs: 60_000 };

/** How long SES is not asked once a circuit opens, ms. @param lastsMs - for how long the trouble has lasted */
export function intervalOf(reason: CircuitReason, lastsMs = 0): number {
  if (reason !== "ses-silent") return circuitMs[reason];
  return Math.min(silence.longestMs, Math.max(silence.firstMs, lastsMs));
}

/** Nobody has asked SES for so long after a circuit's time: what it said is old, ms. */
const staleMs = 600_000;

/** Opens a circuit. @param before - the last one of its scope, which it may continue */
export function circuitAt(scope: CircuitScope, reason: CircuitReason, nowMs: number, before?: Circuit): Circuit {
  const goesOn = before?.reason === reason && !isStale(before, nowMs);
  const sinceMs = goesOn ? before.sinceMs : nowMs;
  return { scope, reason, sinceMs, untilMs: nowMs + intervalOf(reason, nowMs - sinceMs) };
}

/**
 * Whether a circuit still stops mail. One of a set, a tenant or an identity ends with its time: who comes then finds
 * out. The account's is half-open then, because all mail would find out at once: it stops mail until one message has.
 */
export function isInForce(circuit: Circuit, nowMs: number): boolean {
  return nowMs < circuit.untilMs || isHalfOpen(circuit, nowMs);
}

/** Whether one message may now ask SES for all the others. */
export function isHalfOpen(circuit: Circuit, nowMs: number): boolean {
  return circuit.scope.kind === "account" && nowMs >= circuit.untilMs && !isStale(circuit, nowMs);
}

/** Whether what a circuit says is too old to go by. */
export function isStale({ untilMs }: Circuit, nowMs: number): boolean {
  return nowMs >= untilMs + staleMs;
}

/** So long all others wait for the one that asks, ms: it may have died. */
const probeMs = 30_000;

/** The circuit while one message asks. */
export function probed(circuit: Circuit, nowMs: number): Circuit {
  return { ...circuit, untilMs: nowMs + probeMs };
}

/** Time until mail that a circuit stops should be looked at again, ms. */
export function waitMs({ untilMs }: Circuit, nowMs: number): number {
  return untilMs > nowMs ? untilMs - nowMs : probeMs;
}

/** The circuit that keeps a mail from a configuration set, the widest one first; undefined when none does. */
export function circuitOver(circuits: OpenCircuits, mail: MailNames, configurationSet: string): Circuit | undefined {
  if (circuits.size === 0) return undefined;
  return scopesOver(mail, configurationSet)
    .map((scope) => circuits.get(scopeText(scope)))
    .find((circuit) => circuit !== undefined);
}
