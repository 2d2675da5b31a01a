import type { Brake } from "../../domain/brakes/brake.ts";
import type { BrakeRule } from "../../domain/brakes/brake-rule.ts";
import { brakeWords } from "../../domain/brakes/brake-words.ts";
import { judgeBrake } from "../../domain/brakes/judge-brake.ts";
import type { SignSlot } from "../../domain/feedback/sign.ts";
import type { DedicatedRouteKind } from "../../domain/routing/route.ts";
import { dayAfter, dayMs, dayNumber, utcDay, utcTime } from "../../domain/utc-day.ts";
import type { AllowanceLedger } from "../../ports/allowance-ledger.ts";
import type { Audit } from "../../ports/audit.ts";
import type { BrakeKey, Brakes } from "../../ports/brakes.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DomainEvents } from "../../ports/domain-events.ts";
import type { Log } from "../../ports/log.ts";
import type { Metrics } from "../../ports/metrics.ts";
import type { OutcomeStore } from "../../ports/outcome-store.ts";

export interface BrakePorts {
  readonly clock: Clock;
  readonly outcomes: OutcomeStore;
  readonly allowances: Pick<AllowanceLedger, "setBrake">;
  readonly brakes: Brakes;
  readonly audit: Audit;
  readonly events: DomainEvents;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** A provider that refused mail of a pool, and the dedicated routes it refused it on. */
export interface RefusedAt {
  readonly pool: string;
  readonly provider: string;
  readonly routes: ReadonlySet<DedicatedRouteKind>;
}

/**
 * Puts on the brakes that the signs ask for. The record comes first, then the allowance of today, so that a run that is
 * cut short is made good by the next. A brake stands until its time even if later answers look better.
 */
export async function applyBrakes(
  ports: BrakePorts,
  rules: readonly BrakeRule[],
  { pool, provider, routes }: RefusedAt,
): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const slots = await latestSlots(ports, { pool, provider }, nowMs);
  const held = rules.filter(({ providers }) => providers?.includes(provider) ?? true);
  for (const route of routes) {
    const brake = judgeBrake(held, route, slots, nowMs);
    if (brake !== undefined) await putOn(ports, { pool, route, provider }, brake, nowMs);
  }
}

/** Signs since the start of yesterday: mail of the day before can still be answered then. */
async function latestSlots(
  { outcomes }: BrakePorts,
  { pool, provider }: { readonly pool: string; readonly provider: string },
  nowMs: number,
): Promise<readonly SignSlot[]> {
  const today = utcDay(nowMs);
  const fromMs = (dayNumber(today) - 1) * dayMs;
  const days = [0, -1, -2].map((ago) => dayAfter(today, ago));
  return (await Promise.all(days.map((day) => outcomes.slots(pool, day, provider, fromMs)))).flat();
}

async function putOn(ports: BrakePorts, key: BrakeKey, brake: Brake, nowMs: number): Promise<void> {
  const before = await ports.brakes.keep(key, brake);
  await ports.allowances.setBrake({ ...key, day: utcDay(nowMs) }, brake);
  if (before !== "same") await tell(ports, key, brake, before);
}

async function tell(
  { audit, events, metrics, log, clock }: BrakePorts,
  key: BrakeKey,
  brake: Brake,
  before: Brake | undefined,
): Promise<void> {
  const { pool, provider, route } = key;
  const { step, rule, level, why } = brake;
  const isNew = before === undefined || before.untilMs <= brake.sinceMs;
  const until = utcTime(brake.untilMs);
  const says = `${provider} on ${route} IPs: ${brakeWords(brake)}`;
  log.warn("BRAKE_ON", { pool, provider, route, step, rule, level, until });
  metrics.count(isNew ? "BrakesStarted" : "BrakesEscalated", 1, { pool, provider, route });
  await audit.keep({ atMs: clock.nowMs(), by: "feedback", pool, provider, action: `brake-${step}-${route}`, says });
  await events.publish({
    type: isNew ? "Brake Started" : "Brake Escalated",
    pool,
    detail: { provider, route, step, rule, level, why, until },
  });
}
