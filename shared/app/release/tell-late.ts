import type { Clock } from "../../ports/clock.ts";
import type { HeldMail } from "../../ports/held-mail.ts";
import type { Log } from "../../ports/log.ts";

export interface LatePorts {
  readonly clock: Clock;
  readonly held: Pick<HeldMail, "pools" | "due">;
  readonly log: Log;
}

/** Held mail is late when it was due so long ago: a whole run passed it by. It is due 10 minutes before `sendBefore`, ms. */
const lateMs = 6 * 60_000;

const minuteMs = 60_000;

/** Tells of held mail that should have gone back to the send queue, and of how late the latest is. */
export async function tellLate({ clock, held, log }: LatePorts): Promise<void> {
  const nowMs = clock.nowMs();
  for (const pool of await held.pools()) {
    const [longest] = (await held.due(pool, nowMs - lateMs, 1)).messages;
    if (longest !== undefined)
      log.warn("HELD_LATE", { pool, minutes: Math.round((nowMs - longest.untilMs) / minuteMs) });
  }
}
