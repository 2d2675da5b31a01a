import type { Route } from "../routing/route.ts";
import type { Stream } from "../routing/stream.ts";
import type { WallLevel } from "./wall.ts";

/**
 * The routes that a wall leaves to a stream's mail. The pool's own established IPs always stay: they carry their own
 * risk. A stream without a pool has nothing to protect and is never stopped.
 */
export function routesUnder(
  { pool }: Pick<Stream, "pool">,
  level: WallLevel | undefined,
  routes: readonly Route[],
): readonly Route[] {
  if (pool === undefined) return routes;
  switch (level) {
    case undefined:
    case "hold-growth":
      return routes;
    case "no-warming":
      return routes.filter(({ kind }) => kind !== "warming");
    case "no-overflow":
      return routes.filter((route) => route.kind === "established" && route.pool === pool);
    default:
      return level satisfies never;
  }
}
