import { type DedicatedRouteKind, dedicatedRoute } from "../../domain/routing/route.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { ListedIp } from "../../domain/warm-up/placement.ts";
import { inParallel } from "../in-parallel.ts";
import { closeDecision } from "./align-day.ts";
import type { RampPorts } from "./ramp-ports.ts";
import { audit } from "./record-change.ts";

const concurrency = 10;

const routes: readonly DedicatedRouteKind[] = ["warming", "established"];

interface PoolDay {
  readonly pool: string;
  readonly day: UtcDay;
}

/**
 * Ends a route's day: an allowance without IPs behind it would send into nothing.
 * @param why - for the record
 * @returns number of allowances closed
 */
export async function closeRoute(
  ports: RampPorts,
  { pool, day }: PoolDay,
  { route, why }: { readonly route: DedicatedRouteKind; readonly why: string },
): Promise<number> {
  const recorded = await ports.record.decisions(pool, day, day);
  const open = recorded.filter((each) => each.route === route && each.rule !== "no-ips");
  const because = { rule: "no-ips", why } as const;
  await inParallel(open, concurrency, (was) => closeDecision(ports, was, because));
  if (open.length > 0) {
    const decisions = open.map(({ provider }) => ({ provider, route, allowance: 0, ...because }));
    await ports.events.publish({ type: "Allowances Decided", pool, detail: { day, decisions } });
  }
  return open.length;
}

/** Closes the routes of a pool that somebody else has left without IPs: moved, released, or with their SES pool deleted. */
export async function closeEmptyRoutes(ports: RampPorts, of: PoolDay, listed: readonly ListedIp[]): Promise<number> {
  const sesPoolOf = (route: DedicatedRouteKind): string => dedicatedRoute(of.pool, route).configurationSet;
  const empty = routes.filter((route) => listed.every(({ sesPool }) => sesPool !== sesPoolOf(route)));
  let closed = 0;
  for (const route of empty) {
    const changes = await closeRoute(ports, of, { route, why: `no IP is left in SES's pool ${sesPoolOf(route)}` });
    if (changes === 0) continue;
    closed += changes;
    ports.log.warn("ROUTE_WITHOUT_IPS", { ...of, route });
    const says = `${sesPoolOf(route)} has no IPs any more: its allowances of ${of.day} are closed`;
    await audit(ports, { pool: of.pool, action: `closed-${route}`, says });
  }
  return closed;
}
