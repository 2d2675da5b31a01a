import { utcDay } from "../../domain/utc-day.ts";
import {
  changeLifeCycle,
  type LifeCycleAction,
  type LifeCycleChange,
} from "../../domain/warm-up/life-cycle-changes.ts";
import { type ClockPorts, trustClock } from "../clock/trust-clock.ts";
import { keepAct } from "../operator/keep-act.ts";
import { rampDay } from "../ramp/ramp-day.ts";
import type { RampPorts, RampSettings } from "../ramp/ramp-ports.ts";
import { checkTarget } from "./check-target.ts";
import { LifeCycleBusyError, NotInLineError } from "./life-cycle-errors.ts";

/** What an operator wants of one or more pools. */
export interface WarmUpChange {
  readonly action: LifeCycleAction;
  /** Names of pools of the deployment. */
  readonly pools: readonly string[];
  /** One mailbox provider; left out: the whole of each pool. */
  readonly provider?: string | undefined;
  /** One IP, for `restart`; of a single pool. */
  readonly ip?: string | undefined;
  /** Who the audit names. */
  readonly by: string;
}

/** What became of a change at one pool. */
export interface PoolChange {
  readonly pool: string;
  readonly result: "changed" | "unchanged" | "refused";
  /** In words; for a refusal with what to do instead. */
  readonly says: string;
}

/** How often a life cycle is read again, and the day brought in line again, when somebody else was at work. */
const maxTries = 3;

/**
 * Changes the warm-up of pools at once: the life cycle is written, the change audited, and today's allowances and IPs
 * follow before this returns. Safe to repeat: what is so already is brought in line again.
 * @throws UnknownTargetError when a name is not known, WrongClockError when this clock is not to be trusted: before
 * anything is changed
 * @throws NotInLineError when the change is kept and today did not follow yet
 */
export async function changeWarmUp(
  ports: RampPorts & ClockPorts,
  settings: RampSettings,
  { by, ...change }: WarmUpChange,
): Promise<readonly PoolChange[]> {
  await checkTarget(ports, settings, change);
  await trustClock(ports);
  const nowMs = ports.clock.nowMs();
  const { action, provider, ip } = change;
  const results: PoolChange[] = [];
  for (const pool of change.pools) {
    results.push(await changePool(ports, pool, by, { action, provider, ip, day: utcDay(nowMs) }));
  }
  const accepted = results.filter(({ result }) => result !== "refused").map(({ pool }) => pool);
  if (accepted.length > 0) await bringInLine(ports, settings, accepted);
  return results;
}

async function changePool(ports: RampPorts, pool: string, by: string, change: LifeCycleChange): Promise<PoolChange> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const found = changeLifeCycle(await ports.lifeCycles.read(pool), change);
    if (found.kind !== "changed") return { pool, result: found.kind, says: found.says };
    if (!(await ports.lifeCycles.write(found.lifeCycle))) continue;
    const { action, provider, ip } = change;
    await keepAct(ports, { atMs: ports.clock.nowMs(), by, pool, provider, ip, action, says: found.says });
    return { pool, result: "changed", says: found.says };
  }
  throw new LifeCycleBusyError(pool);
}

/** The ramp's own run, for the pools concerned; it converges, so that it may be repeated. */
async function bringInLine(
  ports: RampPorts,
  { pools, providers }: RampSettings,
  concerned: readonly string[],
): Promise<void> {
  const own = new Map([...pools].filter(([name]) => concerned.includes(name)));
  for (let tries = 1; ; tries += 1) {
    try {
      const results = await rampDay(ports, { pools: own, providers }, ports.clock.nowMs());
      const later = [...results.values()].find(({ kind }) => kind === "passed-over");
      // A day that was opened meanwhile is not in line: the next try is of that day.
      if (later !== undefined) throw new Error("a later day was opened meanwhile");
      return;
    } catch (error) {
      if (tries === maxTries) throw new NotInLineError(error);
    }
  }
}
