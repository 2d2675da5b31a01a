import type { Pool } from "../../domain/routing/pool.ts";
import type { Audit } from "../../ports/audit.ts";
import type { Brakes } from "../../ports/brakes.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DedicatedIps } from "../../ports/dedicated-ips.ts";
import type { DomainEvents } from "../../ports/domain-events.ts";
import type { LifeCycles } from "../../ports/life-cycles.ts";
import type { Log } from "../../ports/log.ts";
import type { Progress } from "../../ports/progress.ts";
import type { RampRecord } from "../../ports/ramp-record.ts";
import type { Walls } from "../../ports/walls.ts";
import type { FactsPorts } from "./day-facts.ts";

/** What the ramp needs from outside. */
export interface RampPorts extends FactsPorts {
  readonly clock: Clock;
  readonly ips: DedicatedIps;
  readonly lifeCycles: LifeCycles;
  readonly progress: Progress;
  readonly record: RampRecord;
  readonly brakes: Brakes;
  readonly walls: Pick<Walls, "read">;
  readonly audit: Audit;
  readonly events: DomainEvents;
  readonly log: Log;
}

export interface RampSettings {
  readonly pools: ReadonlyMap<string, Pool>;
  /** Every mailbox provider that has an allowance of its own. */
  readonly providers: readonly string[];
}
