import type { BrakeRule } from "../../domain/brakes/brake-rule.ts";
import { judgeBrake } from "../../domain/brakes/judge-brake.ts";
import type { SignSlot } from "../../domain/feedback/sign.ts";
import type { DedicatedRouteKind } from "../../domain/routing/route.ts";
import { dayAfter, dayMs, dayNumber, utcDay } from "../../domain/utc-day.ts";
import type { OutcomeStore } from "../../ports/outcome-store.ts";
import { type PutOnPorts, putOnBrake } from "../brakes/put-on-brake.ts";

export interface BrakePorts extends PutOnPorts {
  readonly outcomes: OutcomeStore;
}

/** A provider that refused mail of a pool, and the dedicated routes it refused it on. */
export interface RefusedAt {
  readonly pool: string;
  readonly provider: string;
  readonly routes: ReadonlySet<DedicatedRouteKind>;
}

/**
 * Puts on the brakes that the signs ask for. A brake stands until its time even if later answers look better.
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
    if (brake !== undefined) await putOnBrake(ports, { pool, route, provider }, brake, "feedback");
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
