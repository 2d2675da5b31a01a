import { maxResends } from "../../../shared/domain/sending/claim.ts";
import type { Accepted, Evidence } from "./evidence.ts";

export interface Verdict {
  /** Ids that are nowhere. */
  readonly lost: readonly string[];
  /** Calls that SES accepted though it had accepted the same id before. */
  readonly duplicates: number;
  /** Those of them, and whatever else, that no counted unknown explains; in words. */
  readonly unexplained: readonly string[];
  /** Counted unknowns whose call SES had accepted in truth. */
  readonly unknownsAccepted: number;
  /** Of those, the ones sent again: each may have become a duplicate. */
  readonly resentAccepted: number;
}

/** Holds what was enqueued against what became of it. @param neverTwice - streams whose unknown mail is never sent again */
export function verdictOf(evidence: Evidence, neverTwice: ReadonlySet<string>): Verdict {
  const { enqueued, accepted, unknown, resent } = evidence;
  const calls = Map.groupBy(accepted, ({ id }) => id);
  const count = (claims: ReadonlySet<string>): number => accepted.filter(({ claim }) => claims.has(claim)).length;
  return {
    lost: [...enqueued.keys()].filter((id) => !isSomewhere(evidence, calls, id)),
    duplicates: accepted.length - calls.size,
    unexplained: [
      ...[...calls].flatMap(([id, ofId]) => faultsOf(evidence, neverTwice, id, ofId)),
      ...[...evidence.quarantined]
        .filter(([, reason]) => reason !== "outcome-unknown")
        .map(([id, reason]) => `${id}: in quarantine as ${reason}, which it is not`),
    ],
    unknownsAccepted: count(unknown),
    resentAccepted: count(resent),
  };
}

function isSomewhere(
  { quarantined, deadLetters, held }: Evidence,
  calls: ReadonlyMap<string, readonly Accepted[]>,
  id: string,
): boolean {
  return calls.has(id) || quarantined.has(id) || deadLetters.has(id) || held.has(id);
}

/** Every call but the last must be one that was counted as unknown and then sent again: one count for one duplicate. */
function faultsOf(
  { enqueued, resent }: Evidence,
  neverTwice: ReadonlySet<string>,
  id: string,
  calls: readonly Accepted[],
): string[] {
  const stream = enqueued.get(id);
  if (stream === undefined) return [`${id}: sent though nobody enqueued it`];
  const uncounted = calls.slice(0, -1).filter(({ claim }) => !resent.has(claim));
  const faults = uncounted.map(({ claim }) => `${id}: sent again though ${claim} was not counted as resent`);
  if (calls.length > 1 && neverTwice.has(stream)) faults.push(`${id}: sent twice though stream ${stream} forbids it`);
  if (calls.length > 1 + maxResends) faults.push(`${id}: sent ${calls.length} times`);
  return faults;
}
