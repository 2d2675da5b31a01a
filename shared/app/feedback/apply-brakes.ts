import type { BrakeRule } from "../../domain/brakes/brake-rule.ts";
import { dayStop, harder } from "../../domain/brakes/day-stop.ts";
import { judgeBrake } from "../../domain/brakes/judge-brake.ts";
import type { DedicatedRouteKind } from "../../domain/routing/route.ts";
import type { AdaptiveSettings } from "../../domain/warm-up/adaptive.ts";
import type { AnswersOf } from "../brakes/known-answers.ts";
import type { KnownBrakes } from "../brakes/known-brakes.ts";
import { type PutOnPorts, putOnBrake } from "../brakes/put-on-brake.ts";

export interface BrakePorts extends PutOnPorts {
  /** What providers answered about a pool's mail, the batch at work included. */
  latestAnswers(pool: string): Promise<AnswersOf>;
  readonly knownBrakes: KnownBrakes;
}

/** A provider that refused mail of a pool, and the dedicated routes it refused it on. */
export interface RefusedAt {
  readonly pool: string;
  readonly provider: string;
  readonly routes: ReadonlySet<DedicatedRouteKind>;
}

export interface BrakeSettings {
  readonly brakeRules: readonly BrakeRule[];
  /** Pools that ramp by what is refused: there refusals end a provider's day on warming IPs. */
  readonly adaptivePools: ReadonlyMap<string, AdaptiveSettings>;
}

/**
 * Puts on the brakes that the signs ask for. A brake stands until its time even if later answers look better.
 */
export async function applyBrakes(
  ports: BrakePorts,
  { brakeRules, adaptivePools }: BrakeSettings,
  { pool, provider, routes }: RefusedAt,
): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const { knownBrakes } = ports;
  const open = [...routes].filter((route) => !knownBrakes.stops({ pool, route, provider }, nowMs));
  if (open.length === 0) return;
  const answersOf = await ports.latestAnswers(pool);
  const rules = brakeRules.filter(({ providers }) => providers?.includes(provider) ?? true);
  for (const route of open) {
    const adaptive = route === "warming" ? adaptivePools.get(pool) : undefined;
    const { day, today, all } = answersOf(provider, route);
    const stop = adaptive && dayStop(adaptive, day, today);
    const brake = harder(judgeBrake(rules, all, nowMs), stop);
    const key = { pool, route, provider };
    if (brake === undefined || knownBrakes.has(key, brake)) continue;
    await putOnBrake(ports, key, brake, "feedback");
    knownBrakes.note(key, brake);
  }
}
