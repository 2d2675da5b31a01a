import type { HeldMessage } from "../../ports/held-mail.ts";
import { inParallel } from "../in-parallel.ts";
import { type PutBack, putBack } from "./put-back.ts";
import { concurrency, isTimeLeft, type ReleaseRun } from "./release-run.ts";
import { findWayOut } from "./way-out.ts";

/**
 * Puts back a pool's mail whose time has come, whatever the room; what a route has for it is taken before mail that waits. What cannot be
 * put back for good counts for nothing here, so that it keeps nobody behind it.
 * @returns the holdings that were found, and how many messages went back
 */
export async function releaseDue(
  run: ReleaseRun,
  pool: string,
): Promise<{ readonly found: ReadonlySet<string>; readonly released: number }> {
  const found = new Set<string>();
  const ended: Record<PutBack, number> = { released: 0, gone: 0, expired: 0, failed: 0 };
  let from: string | undefined;
  do {
    const { messages, next } = await run.ports.held.due(pool, run.nowMs, run.limits.page, from);
    for (const message of messages) {
      found.add(message.holdId);
      if (!isTooLate(run, message)) await findWayOut(run, message);
    }
    await inParallel(messages, concurrency, async (message) => {
      if (isTimeLeft(run)) ended[await putBack(run.ports, message)] += 1;
    });
    from = next;
  } while (from !== undefined && ended.released + ended.failed < run.limits.atOnce && isTimeLeft(run));
  return { found, released: ended.released };
}

/** The dispatcher sends it no more: it needs no room. */
function isTooLate({ nowMs }: ReleaseRun, { routing }: HeldMessage): boolean {
  return (routing?.sendBeforeMs ?? Number.POSITIVE_INFINITY) <= nowMs;
}
