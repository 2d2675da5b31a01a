import type { Pool } from "../../domain/routing/pool.ts";
import type { Stream } from "../../domain/routing/stream.ts";
import type { OutcomeStore } from "../../ports/outcome-store.ts";
import type { ReferenceEvidence } from "../../ports/reference-evidence.ts";
import type { Walls } from "../../ports/walls.ts";
import type { PutOnPorts } from "../brakes/put-on-brake.ts";

/** What judging the quality of lists and routes needs from outside. */
export interface QualityPorts extends PutOnPorts {
  readonly outcomes: Pick<OutcomeStore, "read">;
  readonly walls: Walls;
  readonly evidence: ReferenceEvidence;
}

export interface QualitySettings {
  readonly streams: ReadonlyMap<string, Stream>;
  readonly pools: ReadonlyMap<string, Pool>;
}

/** Who the audit names. */
export const quality = "quality";
