import type { StreamStatus } from "../shared/app/status/read-streams.ts";

/** One line for each wall in force; none where all is well. */
export function wallLines(streams: readonly StreamStatus[]): string[] {
  return streams.flatMap(({ stream, pool, wall }) => {
    if (wall === undefined) return [];
    const since = new Date(wall.sinceMs).toISOString().slice(0, 10);
    return [
      `stream ${stream} (pool ${pool}) is behind a wall since ${since} (${wall.level}, ${wall.cause}): ${wall.why}`,
    ];
  });
}
