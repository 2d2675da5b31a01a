import type { Pool } from "../../domain/routing/pool.ts";
import { type DedicatedRouteKind, dedicatedRoute } from "../../domain/routing/route.ts";
import type { AllowanceKey } from "../../domain/sending/allowance.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import { planAt } from "../../domain/warm-up/plan.ts";
import { type DayEvidence, type RampDecision, rampStep } from "../../domain/warm-up/ramp.ts";
import type { AllowanceLedger } from "../../ports/allowance-ledger.ts";
import type { DedicatedIp } from "../../ports/dedicated-ips.ts";
import type { OutcomeStore } from "../../ports/outcome-counts.ts";
import type { RampRecord, RecordedDecision } from "../../ports/ramp-record.ts";
import { inParallel } from "../in-parallel.ts";

export interface RampPoolPorts {
  readonly allowances: AllowanceLedger;
  readonly outcomes: OutcomeStore;
  readonly record: RampRecord;
}

const concurrency = 10;

/**
 * Opens a pool's day: one allowance for each provider and each route that has IPs. Safe to repeat: a day that is open
 * stays as it is, so a run cut short goes on where it stopped.
 * @param ips - the account's dedicated IPs
 * @returns number of allowances decided
 */
export async function rampPool(
  ports: RampPoolPorts,
  pool: Pool,
  providers: readonly string[],
  { day, ips }: { readonly day: UtcDay; readonly ips: readonly DedicatedIp[] },
): Promise<number> {
  const lastDay = await ports.record.rampedDay(pool.name);
  const evidence = lastDay === undefined ? new Map() : await evidenceOf(ports, pool.name, lastDay, providers);
  const decisions = providers.flatMap((provider) => {
    const decided: RecordedDecision[] = [];
    const warming = countIn(ips, pool.name, "warming");
    if (warming > 0) {
      const step = rampStep(planAt(pool.plan, provider), warming, evidence.get(provider));
      decided.push({ pool: pool.name, route: "warming", provider, day, ...step });
    }
    const established = countIn(ips, pool.name, "established");
    if (established > 0)
      decided.push({ pool: pool.name, route: "established", provider, day, ...atTarget(pool, provider, established) });
    return decided;
  });
  await inParallel(decisions, concurrency, (decision) => open(ports, decision));
  // A day without IPs is no step: the next one goes on from the last that had an allowance.
  if (decisions.length > 0) await ports.record.markRamped(pool.name, day);
  return decisions.length;
}

/** Established IPs carry up to the plan's target; growth beyond what they carried is the governor's matter. */
function atTarget(pool: Pool, provider: string, ips: number): RampDecision {
  const { targetPerIp } = planAt(pool.plan, provider);
  const why = `${ips} established IPs carry up to ${targetPerIp} each`;
  return { allowance: targetPerIp * ips, rule: "target-reached", why };
}

function countIn(ips: readonly DedicatedIp[], pool: string, kind: DedicatedRouteKind): number {
  const sesPool = dedicatedRoute(pool, kind).configurationSet;
  return ips.filter((ip) => ip.sesPool === sesPool).length;
}

/** The decision is kept first, and the one on record is what opens the day: an allowance always has its reason. */
async function open({ allowances, record }: RampPoolPorts, decision: RecordedDecision): Promise<void> {
  const { pool, route, provider, day } = decision;
  const { allowance } = await record.keep(decision);
  await allowances.open({ pool, route, provider, day }, allowance);
}

async function evidenceOf(
  { allowances, outcomes }: RampPoolPorts,
  pool: string,
  day: UtcDay,
  providers: readonly string[],
): Promise<Map<string, DayEvidence>> {
  const keys = providers.map((provider): AllowanceKey => ({ pool, route: "warming", provider, day }));
  const [readings, counts] = await Promise.all([allowances.read(keys), outcomes.read(pool, day)]);
  return new Map(
    readings.map(({ key: { provider }, allowance: { limit, used } }) => {
      const found = counts.find(({ key }) => key.provider === provider && key.route === "warming")?.counts;
      return [provider, { allowance: limit, used, deferred: found?.deferred ?? 0, blocked: found?.blocked ?? 0 }];
    }),
  );
}
