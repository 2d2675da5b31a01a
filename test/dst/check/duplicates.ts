import { longestSilentWaitMs } from "../../../shared/domain/sending/claim.ts";
import { dayMs } from "../../../shared/domain/utc-day.ts";
import { streams } from "../system/configuration.ts";
import { claimOfTag, type Evidence, type SendAttempt, type Trail } from "./evidence.ts";

/** A mail that SES took once more. @property fault - why nothing explains it; undefined when an unknown outcome does */
export interface Duplicate {
  readonly fault: string | undefined;
}

interface Sent {
  readonly attempt: SendAttempt;
  readonly atMs: number;
}

/** Most times that one mail is sent while SES answers: once, and twice more while its end stays unknown. */
const mostSends = 3;

/** Clocks differ by this at most, on each side, ms. */
const skewMs = 5_000;

/** An id is protected so long after its last claim; later it counts as new, ms. */
export const protectedMs = 28 * dayMs;

/** Looks at each time a mail was sent again. */
export function duplicatesOf(evidence: Evidence, trail: Trail): Duplicate[] {
  const sent: Sent[] = trail.attempts
    .flatMap((attempt) => attempt.acceptedMs.map((atMs) => ({ attempt, atMs })))
    .sort((one, other) => one.attempt.beganMs - other.attempt.beganMs || one.atMs - other.atMs);
  return sent.slice(1).map((again, index) => {
    const before = sent[index] as Sent;
    const silences = silencesBefore(evidence, sent.slice(0, index + 1));
    const isTooOften = index + 2 - silences > mostSends;
    const why = isTooOften
      ? "more often than an unknown outcome allows"
      : unexplained(evidence, { before, again, silences });
    return { fault: why === undefined ? undefined : `${trail.mail.key}: sent again, ${why}` };
  });
}

/** Of calls: those that fell into a silence of SES by their receipts. They say nothing of their mail. */
function silencesBefore({ silent }: Evidence, calls: readonly { readonly attempt: SendAttempt }[]): number {
  return calls.filter(({ attempt }) => silent.has(batchOf(nameOf(attempt)))).length;
}

/** Why a second send is not explained by the unknown outcome of the one before; undefined when it is. */
function unexplained(
  evidence: Evidence,
  { before, again, silences }: { readonly before: Sent; readonly again: Sent; readonly silences: number },
): string | undefined {
  if (again.attempt.beganMs - before.attempt.beganMs >= protectedMs) return undefined;
  const name = nameOf(before.attempt);
  const stream = streams.get(before.attempt.mail?.stream ?? "");
  const waitedMs = again.attempt.beganMs - before.attempt.beganMs;
  const runMs = again.attempt.call.caller.invocation?.startMs ?? again.atMs;
  const decidedMs = evidence.takenOver.get(name) ?? runMs;
  const faults: [boolean, string][] = [
    [isBefore(evidence.receipts.get(name), decidedMs), "though a receipt said so"],
    [isBefore(evidence.proofs.get(name), decidedMs), "though an event had proved it"],
    [isBefore(evidence.eventsRead.get(name), decidedMs), "though its event had been read"],
    [!hasCause(evidence, name), "though its first end was known"],
    [!evidence.unknowns.has(name), "and nobody counted an unknown"],
    [stream?.onUnknown !== "resend", "though its stream forbids it"],
    [waitedMs + 2 * skewMs < waitOf(stream?.unknownWaitMs ?? 0, silences), "before its wait was over"],
  ];
  return faults.find(([isFault]) => isFault)?.[1];
}

/** The wait doubles with each silence but the first. */
function waitOf(unknownWaitMs: number, silences: number): number {
  return Math.max(unknownWaitMs, Math.min(longestSilentWaitMs, unknownWaitMs * 2 ** Math.max(0, silences - 1)));
}

function isBefore(atMs: number | undefined, momentMs: number): boolean {
  return atMs !== undefined && atMs < momentMs;
}

/**
 * Resends: calls for a mail whose call before had an end that nobody knew. A person decides after the second. Under one
 * claim a call is made again only when SES was heard to refuse the one before.
 */
export function tooManyResends(evidence: Evidence, { mail, attempts }: Trail): string[] {
  const inOrder = attempts.toSorted((one, other) => one.beganMs - other.beganMs);
  const resends = inOrder.slice(1).filter((again, index) => {
    const before = inOrder[index] as SendAttempt;
    if (nameOf(again) === nameOf(before)) return !before.known;
    return again.beganMs - before.beganMs < protectedMs && leftUnknown(evidence, nameOf(before));
  });
  return resends.length < mostSends ? [] : [`${mail.key}: sent again ${resends.length} times though nobody knew`];
}

/** A claim that no receipt settles. */
function leftUnknown(evidence: Evidence, name: string): boolean {
  if (evidence.silent.has(batchOf(name))) return false;
  return evidence.receiptUnknowns.has(name) || !evidence.withReceipt.has(batchOf(name));
}

/** Claims that were counted as unknown though nothing had gone wrong with them. */
export function needlessUnknowns(evidence: Evidence): string[] {
  const names = [...evidence.unknowns.keys()].filter((name) => !hasCause(evidence, name));
  return names.map((name) => `${name}: counted as unknown without a cause`);
}

/** In truth: nobody heard the end of the call, or who heard it did not live to write it down, or could not. */
export function hasCause(evidence: Evidence, name: string): boolean {
  const batch = batchOf(name);
  const isCut = evidence.batches.get(batch)?.cut ?? true;
  return isCut || evidence.openEnds.has(name) || evidence.withoutReceipt.has(batch);
}

function nameOf({ call }: SendAttempt): string {
  return claimOfTag(call.tags["sw-id"] ?? "");
}

function batchOf(name: string): string {
  return name.slice(0, name.indexOf("/"));
}
