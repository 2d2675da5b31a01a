import type { Audit, AuditEntry } from "../../ports/audit.ts";

/**
 * The latest entries of several pools together, newest first.
 * @param by - only what this one did
 */
export async function readAudit(
  audit: Pick<Audit, "latest">,
  pools: readonly string[],
  limit: number,
  by?: string,
): Promise<readonly AuditEntry[]> {
  const found = await Promise.all(pools.map((pool) => audit.latest(pool, limit, by)));
  return found
    .flat()
    .toSorted((one, other) => other.atMs - one.atMs)
    .slice(0, limit);
}
