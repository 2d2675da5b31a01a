import type { StreamStatus } from "../shared/app/status/read-streams.ts";
import { poolWords } from "../shared/domain/routing/pool-words.ts";

/** One line for each wall in force; none where all is well. */
export function wallLines(streams: readonly StreamStatus[]): string[] {
  return streams.flatMap(({ stream, pool, pools = [pool], wall }) => {
    if (wall === undefined) return [];
    const since = new Date(wall.sinceMs).toISOString().slice(0, 10);
    return [
      `stream ${stream} (${poolWords(pools)}) is behind a wall since ${since} (${wall.level}, ${wall.cause}): ${wall.why}`,
    ];
  });
}
