import { type RouteKind, sharedRouteName } from "../../domain/routing/route.ts";
import { utcDay } from "../../domain/utc-day.ts";
import type { Clock } from "../../ports/clock.ts";
import type { HeldMail } from "../../ports/held-mail.ts";
import type { OutcomeReading, OutcomeStore } from "../../ports/outcome-counts.ts";
import type { QueueDepths } from "../../ports/queue-depths.ts";
import { type DecidedAllowance, decidedAllowances } from "./decided-allowances.ts";
import { type HistoryPorts, readHistory } from "./read-history.ts";
import type { AllowanceStatus, PoolStatus, Status } from "./status.ts";

export interface StatusPorts extends HistoryPorts {
  readonly clock: Clock;
  readonly outcomes: OutcomeStore;
  readonly held: Pick<HeldMail, "count">;
  readonly queues: QueueDepths;
}

export interface StatusSettings {
  /** Every pool of the deployment, by name, in the order to show them. */
  readonly pools: readonly string[];
}

/** Reads the operator's view of a deployment. Changes nothing. */
export async function readStatus(ports: StatusPorts, { pools }: StatusSettings): Promise<Status> {
  const nowMs = ports.clock.nowMs();
  const day = utcDay(nowMs);
  const [poolStatus, shared, held, queues] = await Promise.all([
    Promise.all(pools.map((pool) => readPool(ports, pool, nowMs))),
    ports.outcomes.read(sharedRouteName, day),
    Promise.all([...pools, sharedRouteName].map((pool) => ports.held.count(pool))),
    ports.queues.read(),
  ]);
  return {
    day,
    pools: poolStatus,
    shared: { accepted: acceptedByShared(shared) },
    held: sum(held),
    queues,
  };
}

async function readPool(ports: StatusPorts, pool: string, nowMs: number): Promise<PoolStatus> {
  const day = utcDay(nowMs);
  const [decided, outcomes, history] = await Promise.all([
    decidedAllowances(ports, pool, day, day),
    ports.outcomes.read(pool, day),
    readHistory(ports, pool, nowMs),
  ]);
  return {
    pool,
    byRoute: {
      warming: usedBy("warming", decided),
      established: usedBy("established", decided),
      shared: acceptedByShared(outcomes),
    },
    allowances: decided.map((each) => allowanceStatus(each, outcomes)).sort(mostUsedFirst),
    history,
  };
}

function allowanceStatus(
  { decision: { provider, route, rule, why }, allowance: { limit, used } }: DecidedAllowance,
  outcomes: readonly OutcomeReading[],
): AllowanceStatus {
  const counts = outcomes.find(({ key }) => key.provider === provider && key.route === route)?.counts;
  return {
    provider,
    route,
    allowance: limit,
    used,
    deferred: counts?.deferred ?? 0,
    blocked: counts?.blocked ?? 0,
    bounced: counts?.bounced ?? 0,
    complained: counts?.complained ?? 0,
    rule,
    why,
  };
}

function mostUsedFirst(one: AllowanceStatus, other: AllowanceStatus): number {
  return other.used - one.used || compare(one.provider, other.provider) || compare(other.route, one.route);
}

/** By code unit: the order is the same everywhere, and of one provider's routes warming comes before established. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function usedBy(route: RouteKind, decided: readonly DecidedAllowance[]): number {
  return sum(decided.filter(({ decision }) => decision.route === route).map(({ allowance }) => allowance.used));
}

function acceptedByShared(outcomes: readonly OutcomeReading[]): number {
  return sum(outcomes.filter(({ key }) => key.route === "shared").map(({ counts }) => counts.accepted));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
