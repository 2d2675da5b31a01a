import { holdsGrowthOf, severity } from "../../domain/quality/wall.ts";
import type { LifeCycle } from "../../domain/warm-up/life-cycle.ts";
import type { RampPorts } from "./ramp-ports.ts";

/** Why a pool's allowances do not grow, in words: what the guard found, else the gravest wall of its streams. */
export async function whyHeld(
  { walls }: Pick<RampPorts, "walls">,
  { pool, holds }: LifeCycle,
): Promise<string | undefined> {
  const [hold] = holds;
  if (hold !== undefined) return hold.sentence;
  const own = (await walls.read()).flatMap(({ wall }) =>
    wall !== undefined && holdsGrowthOf(wall, pool) ? [wall] : [],
  );
  const [wall] = own.toSorted((one, other) => severity(other.level) - severity(one.level));
  return wall && `stream ${wall.stream} is behind a wall (${wall.level}): ${wall.why}`;
}
