import type { Pool } from "../../domain/routing/pool.ts";
import { dedicatedRoute } from "../../domain/routing/route.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { History } from "../../domain/warm-up/history.ts";
import type { LifeCycle } from "../../domain/warm-up/life-cycle.ts";
import type { LifeCycles } from "../../ports/life-cycles.ts";
import type { Progress } from "../../ports/progress.ts";
import { type DecidedAllowance, type DecidedAllowancePorts, decidedAllowances } from "./decided-allowances.ts";

/** What a view of a pool's warm-up reads. */
export interface WarmUpPorts extends DecidedAllowancePorts {
  readonly lifeCycles: Pick<LifeCycles, "read">;
  readonly progress: Pick<Progress, "read">;
}

/** What is on record of one pool's warm-up. */
export interface PoolFacts {
  readonly pool: Pool;
  readonly lifeCycle: LifeCycle;
  /** Closed days by provider. */
  readonly histories: ReadonlyMap<string, History>;
  /** Today's allowances. */
  readonly decided: readonly DecidedAllowance[];
  readonly today: UtcDay;
  /** Warming IPs that the ramp last reckoned with, or that are on record. */
  readonly warmingIps: number;
}

export async function readPoolFacts(ports: WarmUpPorts, pool: Pool, today: UtcDay): Promise<PoolFacts> {
  const [lifeCycle, histories, decided, mark] = await Promise.all([
    ports.lifeCycles.read(pool.name),
    ports.progress.read(pool.name),
    decidedAllowances(ports, pool.name, today, today),
    ports.record.mark(pool.name),
  ]);
  const warming = dedicatedRoute(pool.name, "warming").configurationSet;
  const onRecord = lifeCycle.ips.filter(({ sesPool }) => sesPool === warming).length;
  return { pool, lifeCycle, histories, decided, today, warmingIps: mark?.ips ?? onRecord };
}
