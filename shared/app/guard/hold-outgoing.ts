import { errorName } from "../../domain/errors.ts";
import { concerns, findingSources } from "../../domain/guard/finding.ts";
import { type AllowedIps, foreignOutgoingIp, type OutgoingIp } from "../../domain/guard/outgoing-ip.ts";
import { type HoldPorts, keepHolds } from "./keep-holds.ts";

/**
 * Holds the pools whose mail was seen to leave by an IP that does not belong. For the feedback path, with what Delivery
 * events say; without such an IP it reads and writes nothing. A pool that cannot be held now is logged, and held with
 * the next event that shows it: it stops neither the others nor what the events count as.
 * @param pools - names of the deployment's pools
 * @returns number of foreign ways out found
 */
export async function holdOutgoing(
  ports: HoldPorts,
  { pools, allowed }: { readonly pools: readonly string[]; readonly allowed: AllowedIps },
  seen: readonly OutgoingIp[],
): Promise<number> {
  const each = new Map(seen.map((way) => [`${way.configurationSet} ${way.ip}`, way]));
  const found = [...each.values()].flatMap((way) => foreignOutgoingIp(allowed, way) ?? []);
  for (const pool of pools.filter((name) => found.some((finding) => concerns(finding, name)))) {
    try {
      await keepHolds(ports, pool, found, new Set([findingSources["foreign-outgoing-ip"]]));
    } catch (error) {
      ports.log.error("GUARD_NOT_KEPT", { pool, error: errorName(error) });
    }
  }
  return found.length;
}
