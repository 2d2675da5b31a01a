import type { Pool } from "../../domain/routing/pool.ts";
import type { History } from "../../domain/warm-up/history.ts";
import type { LifeCycle } from "../../domain/warm-up/life-cycle.ts";
import { takesLong } from "../../domain/warm-up/takes-long.ts";
import type { Log } from "../../ports/log.ts";

export interface SlowFacts {
  readonly lifeCycle: LifeCycle;
  /** Closed days of the warm-up in force, by provider. */
  readonly histories: ReadonlyMap<string, History>;
  /** Warming IPs of the pool. */
  readonly ips: number;
}

/** Tells of warm-ups that took longer so far than their plan says. */
export function tellSlow(log: Log, { name: pool, plan }: Pool, { lifeCycle, histories, ips }: SlowFacts): void {
  for (const [provider, { length: closedDays }] of histories) {
    if (takesLong(plan, provider, lifeCycle, { closedDays, ips })) {
      log.warn("WARM_UP_LATE", { pool, provider, days: closedDays });
    }
  }
}
