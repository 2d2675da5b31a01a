import { errorText } from "../../domain/errors.ts";
import type { GuardedPool } from "../../domain/guard/expected.ts";
import { type Finding, findingSources, type GuardSource } from "../../domain/guard/finding.ts";
import { findings } from "../../domain/guard/findings.ts";
import type { Seen } from "../../domain/guard/seen.ts";
import type { Pool } from "../../domain/routing/pool.ts";
import type { SendRates } from "../../ports/send-rates.ts";
import { type HoldPorts, keepHolds } from "./keep-holds.ts";
import { readSeen, type SeenPorts } from "./read-seen.ts";

export interface GuardPorts extends SeenPorts, HoldPorts {
  readonly rates: Pick<SendRates, "tell">;
}

/** The deployment's pools by name. */
export type GuardedPools = ReadonlyMap<string, Pick<Pool, "name" | "ips">>;

/** Everything a check looks at; delivery events are looked at as they come. */
const everySource: ReadonlySet<GuardSource> = new Set(
  Object.values(findingSources).filter((source) => source !== "delivery-events"),
);

/**
 * Compares SES with the configuration and our own record, and holds the growth of each pool where they differ. Safe to
 * repeat: what is held already stays held since its first day.
 * @param sources - what to look at; holds that come from elsewhere stay as they are
 * @returns what was found
 * @throws when something could not be read or written; the rest is done
 */
export async function checkGuard(
  ports: GuardPorts,
  pools: GuardedPools,
  sources: ReadonlySet<GuardSource> = everySource,
): Promise<readonly Finding[]> {
  const { seen, read, failures } = await readSeen(ports, [...pools.keys()], sources);
  for (const { source, error } of failures) ports.log.error("GUARD_NOT_READ", { source, error: errorText(error) });
  const errors: unknown[] = failures.map(({ error }) => error);
  errors.push(...(await tellRate(ports, seen)));
  // After SES, so that a move that was made and recorded in between is not taken for somebody else's.
  const found = findings(await guardedPools(ports, pools), seen);
  for (const pool of pools.keys()) {
    try {
      await keepHolds(ports, pool, found, read);
    } catch (error) {
      ports.log.error("GUARD_NOT_KEPT", { pool, error: errorText(error) });
      errors.push(error);
    }
  }
  ports.log.info("GUARD_CHECKED", { pools: pools.size, findings: found.length, failures: errors.length });
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} parts of the guard's check failed`);
  return found;
}

/** The dispatcher paces its calls by the rate that is read here. @returns what went wrong */
async function tellRate({ rates, log }: GuardPorts, { account }: Seen): Promise<unknown[]> {
  if (account === undefined || account.maxSendRate <= 0) return [];
  try {
    await rates.tell(account.maxSendRate);
    return [];
  } catch (error) {
    log.error("SEND_RATE_NOT_KEPT", { error: errorText(error) });
    return [error];
  }
}

/** The pools with what is on record of each. */
export function guardedPools(
  { lifeCycles }: Pick<GuardPorts, "lifeCycles">,
  pools: GuardedPools,
): Promise<GuardedPool[]> {
  return Promise.all(
    [...pools.values()].map(async ({ name, ips }) => ({ name, ips, record: await lifeCycles.read(name) })),
  );
}
