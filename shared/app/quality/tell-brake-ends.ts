import type { KeptBrake } from "../../ports/brakes.ts";
import { type QualityPorts, quality } from "./quality-ports.ts";

/** Tells of each brake of a pool whose time is over, once. It has no effect any more whether or not it is told. */
export async function tellBrakeEnds(ports: QualityPorts, pool: string): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const kept = await ports.brakes.read(pool);
  const over = kept.filter(({ brake, endTold }) => brake.untilMs <= nowMs && !endTold);
  for (const { key, brake } of over) {
    if (await ports.brakes.tellEnd(key, brake)) await tell(ports, { key, brake }, nowMs);
  }
}

async function tell(
  { audit, events, metrics, log }: QualityPorts,
  { key, brake }: Pick<KeptBrake, "key" | "brake">,
  nowMs: number,
): Promise<void> {
  const { pool, provider, route } = key;
  const { step, rule, level } = brake;
  log.info("BRAKE_OVER", { pool, provider, route, step, rule, level });
  metrics.count("BrakesEnded", 1, { pool, provider, route });
  const says = `${provider} on ${route} IPs: the brake is over (${step}, ${rule})`;
  await audit.keep({ atMs: nowMs, by: quality, pool, provider, action: `brake-over-${route}`, says });
  await events.publish({ type: "Brake Ended", pool, detail: { provider, route, step, rule, level } });
}
