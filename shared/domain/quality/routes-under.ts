import { hasPool } from "../routing/choose-pool.ts";
import type { Route } from "../routing/route.ts";
import type { Stream } from "../routing/stream.ts";
import type { WallLevel } from "./wall.ts";

/**
 * The routes that a wall leaves to a message of a stream. The pool's own established IPs always stay: they carry their
 * own risk. A stream without any pool has nothing to protect and is never stopped; mail that a rule of a stream gives to
 * shared IPs is, for a wall stands before all of a stream's mail.
 */
export function routesUnder(
  stream: Pick<Stream, "pool" | "poolRules">,
  level: WallLevel | undefined,
  routes: readonly Route[],
): readonly Route[] {
  if (!hasPool(stream)) return routes;
  switch (level) {
    case undefined:
    case "hold-growth":
      return routes;
    case "no-warming":
      return routes.filter(({ kind }) => kind !== "warming");
    case "no-overflow":
      return routes.filter((route) => route.kind === "established" && route.pool === stream.pool);
    default:
      return level satisfies never;
  }
}
