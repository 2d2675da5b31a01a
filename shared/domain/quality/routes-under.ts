import type { Route } from "../routing/route.ts";
import type { WallLevel } from "./wall.ts";

/**
 * The routes that a wall leaves to a message. Its pool's own established IPs always stay: they carry their own risk.
 * @param pool - the message's; undefined where a rule gives it to shared IPs only
 * @param level - of the wall before its stream; undefined where none stands, or where it stops no mail
 */
export function routesUnder(
  pool: string | undefined,
  level: WallLevel | undefined,
  routes: readonly Route[],
): readonly Route[] {
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
