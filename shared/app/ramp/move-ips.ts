import { dedicatedRoute } from "../../domain/routing/route.ts";
import type { LifeCycle } from "../../domain/warm-up/life-cycle.ts";
import { type ListedIp, type Placement, type PlacementFacts, placeIps } from "../../domain/warm-up/placement.ts";
import { closeRoute } from "./close-route.ts";
import type { RampPorts } from "./ramp-ports.ts";
import { audit, storeLifeCycle } from "./record-change.ts";

export interface Placed {
  readonly lifeCycle: LifeCycle;
  readonly listed: readonly ListedIp[];
}

/** Moves a pool's IPs to where its life cycle wants them, and notes which IPs there are. */
export async function moveIps(ports: RampPorts, facts: PlacementFacts): Promise<Placed> {
  const { pool } = facts.lifeCycle;
  const placement = placeIps(facts);
  await closeEmptied(ports, facts, placement);
  const moved = new Map<string, string>();
  for (const { ip, sesPool, why } of placement.moves) {
    if (!(await move(ports, ip, sesPool))) continue;
    moved.set(ip, sesPool);
    await audit(ports, { pool, ip, action: "ips-moved", says: `${ip} goes to ${sesPool}: ${why}` });
  }
  if (moved.size > 0)
    await ports.events.publish({ type: "IPs Moved", pool, detail: { ips: Object.fromEntries(moved) } });
  for (const { ip, says } of placement.arrivals) await audit(ports, { pool, ip, action: "recognised-ip", says });
  const listed = facts.listed.map((each) => ({ ...each, sesPool: moved.get(each.ip) ?? each.sesPool }));
  return { listed, lifeCycle: await store(ports, facts.lifeCycle, withoutFailed(facts, placement, moved)) };
}

/** The life cycle as it really is: an IP that SES did not move is where it was, and is tried again. */
function withoutFailed(
  { lifeCycle: before, listed }: PlacementFacts,
  { lifeCycle, moves }: Placement,
  moved: ReadonlyMap<string, string>,
): LifeCycle {
  const failed = new Set(moves.map(({ ip }) => ip).filter((ip) => !moved.has(ip)));
  const wasRecalled = (ip: string): boolean => before.recall.includes(ip) || before.recall.includes("*");
  return {
    ...lifeCycle,
    recall: [...failed].filter(wasRecalled),
    ips: lifeCycle.ips.map((known) => {
      const stays = failed.has(known.ip) ? listed.find(({ ip }) => ip === known.ip) : undefined;
      return stays === undefined ? known : { ...known, sesPool: stays.sesPool };
    }),
  };
}

async function closeEmptied(
  ports: RampPorts,
  { lifeCycle, listed, day }: PlacementFacts,
  { moves }: Placement,
): Promise<void> {
  for (const route of ["warming", "established"] as const) {
    const sesPool = dedicatedRoute(lifeCycle.pool, route).configurationSet;
    const there = listed.filter((each) => each.sesPool === sesPool);
    const leaving = there.filter(({ ip }) => moves.some((each) => each.ip === ip && each.sesPool !== sesPool));
    const isEmptied = there.length > 0 && leaving.length === there.length;
    const why = `the pool's IPs leave the ${route} route`;
    if (isEmptied) await closeRoute(ports, { pool: lifeCycle.pool, day }, { route, why });
  }
}

/** An IP that SES does not move stays where it is; the next run tries again. */
async function move({ ips, log }: RampPorts, ip: string, sesPool: string): Promise<boolean> {
  try {
    await ips.assign(ip, sesPool);
    log.info("IP_ASSIGNED", { ip, sesPool });
    return true;
  } catch (error) {
    log.error("IP_NOT_ASSIGNED", { ip, sesPool, error: String(error) });
    return false;
  }
}

/** @throws when the life cycle was changed meanwhile: the next run decides anew from what it is then */
async function store(ports: RampPorts, before: LifeCycle, is: LifeCycle): Promise<LifeCycle> {
  return JSON.stringify(is) === JSON.stringify(before) ? before : storeLifeCycle(ports, is);
}
