import type { Brake } from "../../domain/brakes/brake.ts";
import { type OutcomeReading, totalOutcomes } from "../../domain/feedback/outcome-counts.ts";
import { type ArmEvidence, compareArms, isFaultOfIps } from "../../domain/quality/reference-arm.ts";
import { utcDay } from "../../domain/utc-day.ts";
import { putOnBrake } from "../brakes/put-on-brake.ts";
import { type QualityPorts, quality } from "./quality-ports.ts";

/**
 * Compares the random samples of a pool at each provider and keeps what they show. Where warming IPs alone are refused
 * they send less for an hour.
 * @param readings - of the pool's last week
 */
export async function judgeArms(ports: QualityPorts, pool: string, readings: readonly OutcomeReading[]): Promise<void> {
  const known = new Map((await ports.evidence.read(pool)).map((each) => [each.provider, each.evidence]));
  const sampled = readings.filter(({ key }) => key.arm !== "none").map(({ key }) => key.provider);
  // Those on record too: what was seen weeks ago is not seen now.
  for (const provider of new Set([...sampled, ...known.keys()])) {
    const own = readings.filter(({ key }) => key.provider === provider);
    const evidence = compareArms(own);
    const isNew = JSON.stringify(evidence) !== JSON.stringify(known.get(provider));
    if (isNew) await ports.evidence.keep(pool, { provider, evidence });
    if (isFaultOfIps(evidence) && isRefusedOn(utcDay(ports.clock.nowMs()), own)) {
      await slowDown(ports, { pool, provider }, evidence);
    }
  }
}

/** Somebody was refused today: a week's old refusals would slow every day down. */
function isRefusedOn(day: string, readings: readonly OutcomeReading[]): boolean {
  const { deferred, blocked } = totalOutcomes(
    readings,
    (key) => key.day === day && key.arm === "trial" && key.route === "warming",
  );
  return deferred + blocked > 0;
}

/** How long the brake lasts, ms. */
const brakeMs = 60 * 60_000;

/** Slows warming IPs down unless a brake is in force: that one knows more of the last hour. */
async function slowDown(
  ports: QualityPorts,
  { pool, provider }: { readonly pool: string; readonly provider: string },
  { why }: ArmEvidence,
): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const brakes = await ports.brakes.read(pool);
  const isBraked = brakes.some(
    ({ key, brake }) => key.route === "warming" && key.provider === provider && brake.untilMs > nowMs,
  );
  if (isBraked) return;
  const brake: Brake = {
    step: "slow",
    rule: "worse-than-reference",
    level: 1,
    trickles: true,
    sinceMs: nowMs,
    untilMs: nowMs + brakeMs,
    why,
  };
  await putOnBrake(ports, { pool, route: "warming", provider }, brake, quality);
}
