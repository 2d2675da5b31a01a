import type { Pool } from "../../domain/routing/pool.ts";
import { type DedicatedRouteKind, dedicatedRoute } from "../../domain/routing/route.ts";
import { dayNumber, type UtcDay } from "../../domain/utc-day.ts";
import { governedAllowance } from "../../domain/warm-up/governor.ts";
import type { History } from "../../domain/warm-up/history.ts";
import { type LifeCycle, providerLifeCycle } from "../../domain/warm-up/life-cycle.ts";
import type { ListedIp } from "../../domain/warm-up/placement.ts";
import { byHandLimit, decideAllowance } from "../../domain/warm-up/ramp.ts";
import type { RampDecision } from "../../domain/warm-up/ramp-decision.ts";
import type { RampMark } from "../../ports/ramp-record.ts";
import { inParallel } from "../in-parallel.ts";
import { alignDay, type Wanted } from "./align-day.ts";
import { closeEmptyRoutes } from "./close-route.ts";
import { withClosedDay } from "./day-facts.ts";
import { graduate } from "./graduate.ts";
import { readMended } from "./mend-ahead.ts";
import { moveIps } from "./move-ips.ts";
import type { RampPorts } from "./ramp-ports.ts";
import { tellSlow } from "./tell-slow.ts";
import { whyHeld } from "./why-held.ts";

const concurrency = 10;

/** The same day is looked at again this often, for what came in late. */
const lookAgainHours = 4;

export interface RampRun {
  readonly day: UtcDay;
  /** Hour of the UTC day the run was meant for, 0 to 23. */
  readonly hour: number;
  /** The last day that has begun. */
  readonly latest: UtcDay;
  readonly listed: readonly ListedIp[];
  readonly providers: readonly string[];
}

/** What a run came to. */
export type RampResult =
  /** @property changes - allowances opened or changed */
  | { readonly kind: "in-line"; readonly changes: number }
  /** The run is an old retry: a later day is open, and stands. */
  | { readonly kind: "passed-over"; readonly opened: UtcDay };

/**
 * Brings one pool up to date: its IPs where they belong, yesterday closed, warm-ups that are complete ended, and today's
 * allowances as the facts and the life cycle want them. Safe to repeat, at any hour, after any number of missed days.
 */
export async function rampPool(ports: RampPorts, pool: Pool, run: RampRun): Promise<RampResult> {
  const { mark, lifeCycle, histories } = await readMended(ports, pool.name, run.latest);
  if (mark !== undefined && mark.day > run.day) return { kind: "passed-over", opened: mark.day };
  const placed = await place(ports, { pool, run, lifeCycle, histories });
  const emptied = await closeEmptyRoutes(ports, { pool: pool.name, day: run.day }, placed.listed);
  if (isInLine(mark, placed.lifeCycle, run)) return { kind: "in-line", changes: emptied };
  const closed = await closeDay(ports, { pool: pool.name, mark, run, histories });
  const ended = await end(ports, { pool, run, histories: closed, ...placed, opensDay: mark?.day !== run.day });
  const there = countIn(ended.listed, pool.name, "warming");
  if (mark?.day !== run.day) {
    const inForce = sinceStart(closed, ended.lifeCycle);
    tellSlow(ports.log, pool, { lifeCycle: ended.lifeCycle, histories: inForce, ips: there });
  }
  const hold = await whyHeld(ports, ended.lifeCycle);
  const changes = await alignDay(
    ports,
    { pool: pool.name, day: run.day },
    wantedToday({ pool, run, histories: closed, mark, hold, ...ended }),
  );
  const ips = ipsOfDay(mark, run, ended.lifeCycle, there);
  // A day without IPs is no step: the next one goes on from the last that had an allowance.
  const opened = there + countIn(ended.listed, pool.name, "established") > 0;
  if (opened) await ports.record.setMark(pool.name, { day: run.day, ips, version: ended.lifeCycle.version });
  return { kind: "in-line", changes: changes + emptied };
}

interface State {
  readonly lifeCycle: LifeCycle;
  readonly listed: readonly ListedIp[];
}

function isInLine(mark: RampMark | undefined, lifeCycle: LifeCycle, { day, hour }: RampRun): boolean {
  return mark?.day === day && mark.version === lifeCycle.version && hour % lookAgainHours !== 0;
}

async function place(
  ports: RampPorts,
  facts: {
    readonly pool: Pool;
    readonly run: RampRun;
    readonly lifeCycle: LifeCycle;
    readonly histories: ReadonlyMap<string, History>;
  },
): Promise<State> {
  const { pool, run, lifeCycle, histories } = facts;
  const used = [...sinceStart(histories, lifeCycle).values()].map((history) => history.filter((each) => each.used > 0));
  const daysWarmed = Math.max(0, ...used.map((days) => days.length));
  return moveIps(ports, { lifeCycle, configured: pool.ips, listed: run.listed, day: run.day, daysWarmed });
}

/** Closes the last day that was opened, or brings it up to date with what came in late. */
async function closeDay(
  ports: RampPorts,
  facts: {
    readonly pool: string;
    readonly mark: RampMark | undefined;
    readonly run: RampRun;
    readonly histories: ReadonlyMap<string, History>;
  },
): Promise<ReadonlyMap<string, History>> {
  const { pool, mark, run, histories } = facts;
  const day = mark === undefined ? undefined : lastClosed(mark, run, histories);
  if (mark === undefined || day === undefined) return histories;
  const closed = await withClosedDay(ports, histories, { pool, day, providers: run.providers, ips: mark.ips });
  const changed = [...closed].filter(
    ([provider, history]) => JSON.stringify(history) !== JSON.stringify(histories.get(provider)),
  );
  await inParallel(changed, concurrency, ([provider, history]) => ports.progress.write(pool, provider, history));
  return closed;
}

/** The day a new one is judged by: the last one opened, or, later on the same day, the one closed then. */
function lastClosed(mark: RampMark, { day }: RampRun, histories: ReadonlyMap<string, History>): UtcDay | undefined {
  if (mark.day < day) return mark.day;
  const days = [...histories.values()].flatMap((history) => history.at(-1)?.day ?? []);
  return days.toSorted((one, other) => dayNumber(one) - dayNumber(other)).at(-1);
}

/** Ends warm-ups that are complete; their IPs move at once. */
async function end(
  ports: RampPorts,
  facts: State & {
    readonly pool: Pool;
    readonly run: RampRun;
    readonly histories: ReadonlyMap<string, History>;
    readonly opensDay: boolean;
  },
): Promise<State> {
  const { pool, run, lifeCycle, listed, histories, opensDay } = facts;
  if (!opensDay) return { lifeCycle, listed };
  const ips = {
    warming: countIn(listed, pool.name, "warming"),
    established: countIn(listed, pool.name, "established"),
  };
  const is = await graduate(ports, lifeCycle, { pool, day: run.day, histories: sinceStart(histories, lifeCycle), ips });
  if (is.phase === lifeCycle.phase) return { lifeCycle: is, listed };
  return moveIps(ports, { lifeCycle: is, configured: pool.ips, listed, day: run.day, daysWarmed: 1 });
}

function wantedToday(
  facts: State & {
    readonly pool: Pool;
    readonly run: RampRun;
    readonly histories: ReadonlyMap<string, History>;
    readonly mark: RampMark | undefined;
    readonly hold: string | undefined;
  },
): Wanted[] {
  const { pool, histories, lifeCycle, listed, mark, hold } = facts;
  const { day, providers } = facts.run;
  const there = countIn(listed, pool.name, "warming");
  const warming = there > 0 ? ipsOfDay(mark, facts.run, lifeCycle, there) : 0;
  const established = countIn(listed, pool.name, "established");
  const started = sinceStart(histories, lifeCycle);
  return providers.flatMap((provider): Wanted[] => {
    const history = histories.get(provider) ?? [];
    const paused = lifeCycle.paused || providerLifeCycle(lifeCycle, provider).paused;
    const byWarming = { day, ips: warming, history: started.get(provider) ?? [], paused, hold };
    const byEstablished = { day, ips: established, history, hold };
    const word = byHand(lifeCycle);
    const warm = (paused ? undefined : word) ?? decideAllowance(pool.plan, provider, byWarming);
    const governed = word ?? governedAllowance(pool.plan, provider, byEstablished);
    return [
      ...(warming > 0 ? [{ provider, route: "warming" as const, decision: warm }] : []),
      ...(established > 0 ? [{ provider, route: "established" as const, decision: governed }] : []),
    ];
  });
}

/** IPs that come or go in SES within a day change the next one: today stays opened for those there were. */
function ipsOfDay(mark: RampMark | undefined, { day }: RampRun, { version }: LifeCycle, there: number): number {
  return mark?.day === day && mark.version === version && mark.ips > 0 ? mark.ips : there;
}

function byHand({ disabled }: LifeCycle): RampDecision | undefined {
  if (!disabled) return undefined;
  return { allowance: byHandLimit, rule: "by-hand", why: "warmed by hand: ses-warmup limits nothing" };
}

/** Days of the warm-up in force only: those before a restart are forgotten. */
function sinceStart(histories: ReadonlyMap<string, History>, lifeCycle: LifeCycle): ReadonlyMap<string, History> {
  return new Map(
    [...histories].map(([provider, history]) => {
      const own = providerLifeCycle(lifeCycle, provider).since ?? "";
      const pools = lifeCycle.since ?? "";
      return [provider, history.filter(({ day }) => day >= own && day >= pools)];
    }),
  );
}

function countIn(listed: readonly ListedIp[], pool: string, kind: DedicatedRouteKind): number {
  const sesPool = dedicatedRoute(pool, kind).configurationSet;
  return listed.filter((ip) => ip.sesPool === sesPool).length;
}
