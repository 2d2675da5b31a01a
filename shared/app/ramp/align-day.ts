import type { Brake } from "../../domain/brakes/brake.ts";
import type { DedicatedRouteKind } from "../../domain/routing/route.ts";
import type { AllowanceKey } from "../../domain/sending/allowance.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { RampDecision, RampRule } from "../../domain/warm-up/ramp-decision.ts";
import type { RecordedDecision } from "../../ports/ramp-record.ts";
import { inParallel } from "../in-parallel.ts";
import type { RampPorts } from "./ramp-ports.ts";
import { audit } from "./record-change.ts";

const concurrency = 10;

/** A decision wanted for today. */
export interface Wanted {
  readonly provider: string;
  readonly route: DedicatedRouteKind;
  readonly decision: RampDecision;
}

/** Rules that are no judgement of the day before: they begin and end within a day, and a limit may rise when they end. */
const byWord: ReadonlySet<string> = new Set<RampRule>(["paused", "by-hand", "no-ips", "not-begun"]);

/**
 * Brings a pool's day in line with what is wanted now: opens what is not open, cuts what late facts or an operator
 * lowered, and takes back what an operator's word had set. A limit never rises within its day for any other reason. The
 * decision is put on record first; an allowance that does not say the same, because a run was cut short, is made to.
 * @returns number of allowances opened or changed
 */
export async function alignDay(
  ports: RampPorts,
  { pool, day }: { readonly pool: string; readonly day: UtcDay },
  wanted: readonly Wanted[],
): Promise<number> {
  const keys = wanted.map(({ provider, route }) => ({ pool, route, provider, day }));
  const [recorded, readings, brakes] = await Promise.all([
    ports.record.decisions(pool, day, day),
    ports.allowances.read(keys),
    brakesInForce(ports, pool),
  ]);
  const decisions = new Map(recorded.map((each) => [nameOf(each), each]));
  const limits = new Map(readings.map(({ key, allowance }) => [nameOf(key), allowance.limit]));
  const changed: RecordedDecision[] = [];
  await inParallel(wanted, concurrency, async ({ provider, route, decision }) => {
    const { pace: _pace, ...decided } = decision;
    const is: RecordedDecision = { pool, route, provider, day, ...decided };
    const was = decisions.get(nameOf(is));
    const stands = await record(ports, was, is);
    const limit = limits.get(nameOf(is));
    // A brake goes on over midnight.
    if (limit === undefined) {
      await ports.allowances.open(keyOf(stands), stands.allowance, {
        pace: decision.pace,
        brake: brakes.get(nameOf(is)),
      });
    } else if (limit !== stands.allowance) await ports.allowances.setLimit(keyOf(stands), stands.allowance);
    if (stands !== was || limit !== stands.allowance) changed.push(stands);
  });
  if (changed.length > 0) {
    const decided = changed.map(({ pool: _pool, day: _day, ...decision }) => decision);
    await ports.events.publish({ type: "Allowances Decided", pool, detail: { day, decisions: decided } });
  }
  return changed.length;
}

async function brakesInForce({ brakes, clock }: RampPorts, pool: string): Promise<ReadonlyMap<string, Brake>> {
  const kept = await brakes.read(pool);
  const inForce = kept.filter(({ brake }) => brake.untilMs > clock.nowMs());
  return new Map(inForce.map(({ key, brake }) => [nameOf(key), brake]));
}

function nameOf({ route, provider }: Pick<RecordedDecision, "route" | "provider">): string {
  return `${route}/${provider}`;
}

/** Puts a decision on record where it is the first or changes the one there. @returns the one that stands */
async function record(
  ports: RampPorts,
  was: RecordedDecision | undefined,
  is: RecordedDecision,
): Promise<RecordedDecision> {
  if (was === undefined) return ports.record.keep(is);
  if (!differs(was, is)) return was;
  await ports.record.replace(is);
  const { pool, provider, route, day } = is;
  const says = `${provider} on ${route} IPs, ${day}: ${was.allowance} becomes ${is.allowance} (${is.rule}: ${is.why})`;
  await audit(ports, { pool, provider, action: `re-cut-${route}`, says });
  return is;
}

/** Puts nothing in the place of a decision, and of the allowance it opened. */
export async function closeDecision(
  { record, allowances }: RampPorts,
  was: RecordedDecision,
  because: Pick<RampDecision, "rule" | "why">,
): Promise<void> {
  const is = { ...was, allowance: 0, ...because };
  await record.replace(is);
  // A run that is under way may not have opened it yet: it finds it open.
  if (!(await allowances.open(keyOf(is), 0))) await allowances.setLimit(keyOf(is), 0);
}

function differs(was: RecordedDecision, is: RecordedDecision): boolean {
  const wordChanged = was.rule !== is.rule && (byWord.has(was.rule) || byWord.has(is.rule));
  return is.allowance < was.allowance || wordChanged;
}

function keyOf({ pool, route, provider, day }: RecordedDecision): AllowanceKey {
  return { pool, route, provider, day };
}
