import middy from "@middy/core";
import { type ReleasePorts, releaseHeld } from "../../shared/app/release-held.ts";
import type { Pool } from "../../shared/domain/routing/pool.ts";

export interface ReleaseDependencies {
  readonly ports: ReleasePorts;
  readonly pools: ReadonlyMap<string, Pool>;
}

/** Run by a schedule every few minutes; what it does depends on the clock alone, not on the schedule's time. */
export const makeHandler = ({ ports, pools }: ReleaseDependencies) =>
  middy<unknown, void>().handler(() => releaseHeld(ports, pools));
