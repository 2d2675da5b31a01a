import type { Pool } from "../../domain/routing/pool.ts";
import type { Stream } from "../../domain/routing/stream.ts";
import type { Audit } from "../../ports/audit.ts";
import type { Brakes } from "../../ports/brakes.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DomainEvents } from "../../ports/domain-events.ts";
import type { Log } from "../../ports/log.ts";
import type { Metrics } from "../../ports/metrics.ts";
import type { OutcomeStore } from "../../ports/outcome-store.ts";
import type { Walls } from "../../ports/walls.ts";

/** What judging the quality of lists and routes needs from outside. */
export interface QualityPorts {
  readonly clock: Clock;
  readonly outcomes: Pick<OutcomeStore, "read">;
  readonly walls: Walls;
  readonly brakes: Brakes;
  readonly audit: Audit;
  readonly events: DomainEvents;
  readonly metrics: Metrics;
  readonly log: Log;
}

export interface QualitySettings {
  readonly streams: ReadonlyMap<string, Stream>;
  readonly pools: ReadonlyMap<string, Pool>;
}

/** Who the audit names. */
export const quality = "quality";
