import type { Brake } from "../../domain/brakes/brake.ts";
import { brakeWords } from "../../domain/brakes/brake-words.ts";
import { dayLimitRule } from "../../domain/brakes/day-stop.ts";
import { utcDay, utcTime } from "../../domain/utc-day.ts";
import type { AllowanceLedger } from "../../ports/allowance-ledger.ts";
import type { Audit } from "../../ports/audit.ts";
import type { BrakeKey, Brakes } from "../../ports/brakes.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DomainEvents } from "../../ports/domain-events.ts";
import type { Log } from "../../ports/log.ts";
import type { Metrics } from "../../ports/metrics.ts";

export interface PutOnPorts {
  readonly clock: Clock;
  readonly allowances: Pick<AllowanceLedger, "setBrake">;
  readonly brakes: Brakes;
  readonly audit: Audit;
  readonly events: DomainEvents;
  readonly metrics: Metrics;
  readonly log: Log;
}

/**
 * Puts a brake on a route, and tells it unless it was told before. The record comes first, then the allowance of today,
 * so that a run that is cut short is made good by the next.
 * @param by - who the audit names
 */
export async function putOnBrake(ports: PutOnPorts, key: BrakeKey, brake: Brake, by: string): Promise<void> {
  const before = await ports.brakes.keep(key, brake);
  await ports.allowances.setBrake({ ...key, day: utcDay(ports.clock.nowMs()) }, brake);
  if (before === "same") return;
  await tell(ports, key, brake, { by, isNew: before === undefined || before.untilMs <= brake.sinceMs });
}

async function tell(
  { audit, events, metrics, log, clock }: PutOnPorts,
  key: BrakeKey,
  brake: Brake,
  { by, isNew }: { readonly by: string; readonly isNew: boolean },
): Promise<void> {
  const { pool, provider, route } = key;
  const { step, rule, level, why } = brake;
  const until = utcTime(brake.untilMs);
  const says = `${provider} on ${route} IPs: ${brakeWords(brake)}`;
  // An adaptive ramp reaches a provider's limit now and then: that is no alarm.
  const code = rule === dayLimitRule ? "DAY_LIMIT_REACHED" : "BRAKE_ON";
  log.warn(code, { pool, provider, route, step, rule, level, until });
  metrics.count(isNew ? "BrakesStarted" : "BrakesEscalated", 1, { pool, provider, route });
  await audit.keep({ atMs: clock.nowMs(), by, pool, provider, action: `brake-${step}-${route}`, says });
  await events.publish({
    type: isNew ? "Brake Started" : "Brake Escalated",
    pool,
    detail: { provider, route, step, rule, level, why, until },
  });
}
