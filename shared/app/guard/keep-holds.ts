import { concerns, type Finding, type GuardSource } from "../../domain/guard/finding.ts";
import { holdsAfter } from "../../domain/guard/holds.ts";
import { utcDay } from "../../domain/utc-day.ts";
import type { GuardHold } from "../../domain/warm-up/life-cycle.ts";
import type { Audit } from "../../ports/audit.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DomainEvents } from "../../ports/domain-events.ts";
import type { LifeCycles } from "../../ports/life-cycles.ts";
import type { Log } from "../../ports/log.ts";

export interface HoldPorts {
  readonly clock: Clock;
  readonly lifeCycles: LifeCycles;
  readonly audit: Audit;
  readonly events: DomainEvents;
  readonly log: Log;
}

/** How often a life cycle is read again that somebody else changed meanwhile. */
const maxTries = 3;

/** Who the audit names. */
const guard = "guard";

/**
 * Writes what was found into a pool's life cycle: holds that are new, holds that are gone. What has not changed is not
 * written.
 * @param read - sources that were read: only their holds may go
 * @throws when the life cycle changed under every try
 */
export async function keepHolds(
  ports: HoldPorts,
  pool: string,
  found: readonly Finding[],
  read: ReadonlySet<GuardSource>,
): Promise<void> {
  const { clock, lifeCycles } = ports;
  const atMs = clock.nowMs();
  for (let tries = 0; tries < maxTries; tries += 1) {
    const lifeCycle = await lifeCycles.read(pool);
    const change = holdsAfter(lifeCycle, found, { day: utcDay(atMs), read });
    if (!change.changed || (await lifeCycles.write({ ...lifeCycle, holds: change.holds }))) {
      await tell(ports, pool, { atMs, ...change });
      logFound(ports, pool, found, change.holds);
      return;
    }
  }
  throw new Error(`the life cycle of pool ${pool} changed under each of ${maxTries} tries`);
}

/** What appeared and what is gone is audited and published; what stays is not said again. */
async function tell(
  { audit, events, log }: HoldPorts,
  pool: string,
  { atMs, appeared, gone }: { atMs: number; appeared: readonly GuardHold[]; gone: readonly GuardHold[] },
): Promise<void> {
  const entry = { atMs, by: guard, pool };
  if (appeared.length > 0) {
    const says = appeared.map(({ sentence }) => sentence).join(" ");
    await audit.keep({ ...entry, action: "guard-hold", says });
    for (const { code, sentence, since } of appeared) {
      await events.publish({ type: "Guard Hold Started", pool, detail: { finding: code, sentence, since } });
    }
  }
  if (gone.length > 0) {
    const says = `No longer found: ${gone.map(({ code }) => code).join(", ")}.`;
    await audit.keep({ ...entry, action: "guard-cleared", says });
    for (const { code, since } of gone) {
      log.info("GUARD_CLEARED", { pool, finding: code, since });
      await events.publish({ type: "Guard Hold Ended", pool, detail: { finding: code, since } });
    }
  }
}

/** With every check, so that the alarm lasts as long as its cause. */
function logFound({ log }: HoldPorts, pool: string, found: readonly Finding[], holds: readonly GuardHold[]): void {
  for (const { code, sentence, since } of holds) log.warn("GUARD_HOLD", { pool, finding: code, sentence, since });
  const told = found.filter((each) => concerns(each, pool) && !holds.some(({ code }) => code === each.code));
  for (const { code, sentence, repair } of told) log.warn("GUARD_WARNED", { pool, finding: code, sentence, repair });
}
