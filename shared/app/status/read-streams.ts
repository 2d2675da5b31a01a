import type { Wall } from "../../domain/quality/wall.ts";
import { poolNamesOf } from "../../domain/routing/choose-pool.ts";
import { sharedRouteName } from "../../domain/routing/route.ts";
import type { Stream } from "../../domain/routing/stream.ts";
import type { Walls } from "../../ports/walls.ts";

/** A stream as an operator sees it. */
export interface StreamStatus {
  readonly stream: string;
  /** `shared` for a stream without a pool. */
  readonly pool: string;
  /** Every pool that its rules may give its mail, `pool` first; left out where that is the only one. */
  readonly pools?: readonly string[] | undefined;
  /** Why its mail or its pool's growth is stopped. */
  readonly wall?: Omit<Wall, "stream" | "pool" | "pools"> | undefined;
}

/** Every stream with the wall it is behind, in the order of the configuration. */
export async function readStreams(
  walls: Pick<Walls, "read">,
  streams: ReadonlyMap<string, Stream>,
): Promise<readonly StreamStatus[]> {
  const records = new Map((await walls.read()).map((record) => [record.stream, record]));
  return [...streams.values()].map((stream) => {
    const { name, pool = sharedRouteName } = stream;
    const pools = poolNamesOf(stream);
    const status = { stream: name, pool, ...(pools.length > 1 && { pools }) };
    const wall = records.get(name)?.wall;
    if (wall === undefined) return status;
    const { level, cause, why, sinceMs } = wall;
    return { ...status, wall: { level, cause, why, sinceMs } };
  });
}
