import type { Brake } from "../../domain/brakes/brake.ts";
import { hardBouncesIn, type OutcomeReading, totalOutcomes } from "../../domain/feedback/outcome-counts.ts";
import type { Pool } from "../../domain/routing/pool.ts";
import { type RouteKind, sharedRouteName } from "../../domain/routing/route.ts";
import type { Stream } from "../../domain/routing/stream.ts";
import { utcDay } from "../../domain/utc-day.ts";
import type { Brakes, KeptBrake } from "../../ports/brakes.ts";
import type { Clock } from "../../ports/clock.ts";
import type { HeldMail } from "../../ports/held-mail.ts";
import type { OutcomeStore } from "../../ports/outcome-store.ts";
import type { QueueDepth, QueueDepths } from "../../ports/queue-depths.ts";
import type { ReferenceEvidence } from "../../ports/reference-evidence.ts";
import type { SetAsideStore } from "../../ports/set-aside-store.ts";
import type { Walls } from "../../ports/walls.ts";
import { byText } from "./by-text.ts";
import type { DecidedAllowance } from "./decided-allowances.ts";
import { ipsOfPool } from "./ip-status.ts";
import { keepWarmAdvice } from "./keep-warm.ts";
import { providerProgress } from "./provider-progress.ts";
import { type HistoryPorts, readHistory } from "./read-history.ts";
import { type PoolFacts, readPoolFacts, type WarmUpPorts } from "./read-pool-facts.ts";
import { readStreams } from "./read-streams.ts";
import { readReference } from "./reference-status.ts";
import type { AllowanceStatus, PoolStatus, Status } from "./status.ts";

export interface StatusPorts extends HistoryPorts, WarmUpPorts {
  readonly clock: Clock;
  readonly outcomes: Pick<OutcomeStore, "read">;
  readonly brakes: Pick<Brakes, "read">;
  readonly walls: Pick<Walls, "read">;
  readonly evidence: Pick<ReferenceEvidence, "read">;
  readonly held: Pick<HeldMail, "count">;
  readonly queues: QueueDepths;
  readonly setAside: Pick<SetAsideStore, "count">;
}

export interface StatusSettings {
  /** Every pool of the deployment by name, in the order to show them. */
  readonly pools: ReadonlyMap<string, Pool>;
  /** Every stream in the same way. */
  readonly streams: ReadonlyMap<string, Stream>;
}

/** Reads the operator's view of a deployment. Changes nothing. */
export async function readStatus(ports: StatusPorts, { pools, streams }: StatusSettings): Promise<Status> {
  const nowMs = ports.clock.nowMs();
  const day = utcDay(nowMs);
  const [poolStatus, streamStatus, shared, held, queues, quarantined, deadLetters] = await Promise.all([
    Promise.all([...pools.values()].map((pool) => readPool(ports, pool, nowMs))),
    readStreams(ports.walls, streams),
    ports.outcomes.read(sharedRouteName, day),
    Promise.all([...pools.keys(), sharedRouteName].map((pool) => ports.held.count(pool))),
    ports.queues.read(),
    ports.setAside.count("quarantine", nowMs),
    ports.setAside.count("dead-letters", nowMs),
  ]);
  return {
    day,
    pools: poolStatus,
    streams: streamStatus,
    shared: { accepted: acceptedByShared(shared) },
    held: sum(held),
    quarantined: quarantined + messagesIn(queues.quarantine),
    deadLetters: deadLetters + messagesIn(queues.deadLetters),
    queues,
  };
}

function messagesIn({ visible, inFlight, delayed }: QueueDepth): number {
  return visible + inFlight + delayed;
}

async function readPool(ports: StatusPorts, pool: Pool, nowMs: number): Promise<PoolStatus> {
  const day = utcDay(nowMs);
  const [facts, outcomes, brakes, reference, history] = await Promise.all([
    readPoolFacts(ports, pool, day),
    ports.outcomes.read(pool.name, day),
    ports.brakes.read(pool.name),
    readReference(ports.evidence, pool.name),
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
    reference,
    allowances: decided
      .map((each) => allowanceStatus(each, outcomes, brakeInForce(brakes, each, nowMs)))
      .sort(mostUsedFirst),
    history,
  };
}

function warmUp(facts: PoolFacts): Omit<PoolStatus, "byRoute" | "reference" | "allowances" | "history"> {
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
  brake: Brake | undefined,
): AllowanceStatus {
  const counts = totalOutcomes(outcomes, (key) => key.provider === provider && key.route === route);
  return {
    provider,
    route,
    allowance: limit,
    used,
    deferred: counts.deferred,
    blocked: counts.blocked,
    bounced: hardBouncesIn(counts),
    complained: counts.complained,
    rule,
    why,
    ...(brake !== undefined && { brake }),
  };
}

function brakeInForce(brakes: readonly KeptBrake[], { decision }: DecidedAllowance, nowMs: number): Brake | undefined {
  const kept = brakes.find(({ key }) => key.provider === decision.provider && key.route === decision.route);
  return kept !== undefined && kept.brake.untilMs > nowMs ? kept.brake : undefined;
}

function mostUsedFirst(one: AllowanceStatus, other: AllowanceStatus): number {
  // Of one provider's routes warming comes before established.
  return other.used - one.used || byText(one.provider, other.provider) || byText(other.route, one.route);
}

function usedBy(route: RouteKind, decided: readonly DecidedAllowance[]): number {
  return sum(decided.filter(({ decision }) => decision.route === route).map(({ allowance }) => allowance.used));
}

function acceptedByShared(outcomes: readonly OutcomeReading[]): number {
  return totalOutcomes(outcomes, ({ route }) => route === "shared").accepted;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
