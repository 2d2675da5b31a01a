import type { UtcDay } from "../utc-day.ts";
import type { GuardHold, LifeCycle } from "../warm-up/life-cycle.ts";
import { concerns, type Finding, findingSources, type GuardSource, isFindingCode } from "./finding.ts";

/** A pool's holds after a check, and what differs from before. */
export interface HoldChange {
  readonly holds: readonly GuardHold[];
  /** Held for the first time. */
  readonly appeared: readonly GuardHold[];
  /** No longer found. */
  readonly gone: readonly GuardHold[];
  /** False when nothing at all has changed, not even a sentence. */
  readonly changed: boolean;
}

/**
 * The holds a pool has after a check: one for each code, kept with its first day. A hold whose source was not read
 * stays as it is; a pool that is warmed by hand is not held at all.
 */
export function holdsAfter(
  { pool, holds: before, disabled }: Pick<LifeCycle, "pool" | "holds" | "disabled">,
  found: readonly Finding[],
  { day, read }: { readonly day: UtcDay; readonly read: ReadonlySet<GuardSource> },
): HoldChange {
  const own = disabled ? [] : found.filter((each) => each.severity === "hold" && concerns(each, pool));
  const kept = before.filter(
    ({ code }) => !disabled && !own.some((each) => each.code === code) && !wasRead(code, read),
  );
  const current = [...Map.groupBy(own, ({ code }) => code)].map(([code, same]): GuardHold => {
    const since = before.find((hold) => hold.code === code)?.since ?? day;
    return { code, sentence: inWords(same), since };
  });
  const holds = [...kept, ...current];
  const has = (list: readonly GuardHold[], code: string): boolean => list.some((hold) => hold.code === code);
  return {
    holds,
    appeared: holds.filter(({ code }) => !has(before, code)),
    gone: before.filter(({ code }) => !has(holds, code)),
    changed: inOrder(before) !== inOrder(holds),
  };
}

/** A code that this version does not know is nobody's any more. */
function wasRead(code: string, read: ReadonlySet<GuardSource>): boolean {
  return !isFindingCode(code) || read.has(findingSources[code]);
}

/** What is wrong and what to do. */
function inWords(same: readonly Finding[]): string {
  const repairs = [...new Set(same.map(({ repair }) => repair))];
  return `${same.map(({ sentence }) => sentence).join(" ")} Repair: ${repairs.join("; ")}`;
}

function inOrder(holds: readonly GuardHold[]): string {
  const texts = holds.map(({ code, sentence, since }) => JSON.stringify([code, sentence, since]));
  return texts.toSorted().join("\n");
}
