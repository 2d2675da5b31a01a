import type { Pool } from "../../domain/routing/pool.ts";
import { type RouteKind, sharedRouteName } from "../../domain/routing/route.ts";
import { utcDay } from "../../domain/utc-day.ts";
import type { Clock } from "../../ports/clock.ts";
import type { HeldMail } from "../../ports/held-mail.ts";
import type { OutcomeReading, OutcomeStore } from "../../ports/outcome-counts.ts";
import type { QueueDepths } from "../../ports/queue-depths.ts";
import { byText } from "./by-text.ts";
import type { DecidedAllowance } from "./decided-allowances.ts";
import { ipsOfPool } from "./ip-status.ts";
import { keepWarmAdvice } from "./keep-warm.ts";
import { providerProgress } from "./provider-progress.ts";
import { type HistoryPorts, readHistory } from "./read-history.ts";
import { type PoolFacts, readPoolFacts, type WarmUpPorts } from "./read-pool-facts.ts";
import type { AllowanceStatus, PoolStatus, Status } from "./status.ts";

export interface StatusPorts extends HistoryPorts, WarmUpPorts {
  readonly clock: Clock;
  readonly outcomes: OutcomeStore;
  readonly held: Pick<HeldMail, "count">;
  readonly queues: QueueDepths;
}

export interface StatusSettings {
  /** Every pool of the deployment by name, in the order to show them. */
  readonly pools: ReadonlyMap<string, Pool>;
}

/** Reads the operator's view of a deployment. Changes nothing. */
export async function readStatus(ports: StatusPorts, { pools }: StatusSettings): Promise<Status> {
  const nowMs = ports.clock.nowMs();
  const day = utcDay(nowMs);
  const [poolStatus, shared, held, queues] = await Promise.all([
    Promise.all([...pools.values()].map((pool) => readPool(ports, pool, nowMs))),
    ports.outcomes.read(sharedRouteName, day),
    Promise.all([...pools.keys(), sharedRouteName].map((pool) => ports.held.count(pool))),
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

async function readPool(ports: StatusPorts, pool: Pool, nowMs: number): Promise<PoolStatus> {
  const day = utcDay(nowMs);
  const [facts, outcomes, history] = await Promise.all([
    readPoolFacts(ports, pool, day),
    ports.outcomes.read(pool.name, day),
    readHistory(ports, pool.name, nowMs),
  ]);
  const { decided } = facts;
  return {
    ...warmUp(facts),
    byRoute: {
      warming: usedBy("warming", decided),
      established: usedBy("established", decided),
      shared: acceptedByShared(outcomes),
    },
    allowances: decided.map((each) => allowanceStatus(each, outcomes)).sort(mostUsedFirst),
    history,
  };
}

function warmUp(facts: PoolFacts): Omit<PoolStatus, "byRoute" | "allowances" | "history"> {
  const { pool, lifeCycle, histories, today } = facts;
  const { phase, since, paused, disabled, holds } = lifeCycle;
  const { floorPerIp } = pool.plan;
  const ips = ipsOfPool({ pool, lifeCycle, today });
  const paid = Math.max(facts.warmingIps, lifeCycle.ips.length);
  return {
    pool: pool.name,
    phase,
    since,
    paused,
    byHand: disabled,
    holds,
    ips,
    providers: providerProgress(facts),
    advice: keepWarmAdvice({ pool: pool.name, ips: paid, floorPerIp, histories, today }),
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
  // Of one provider's routes warming comes before established.
  return other.used - one.used || byText(one.provider, other.provider) || byText(other.route, one.route);
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
