import type { Pool } from "./pool.ts";
import type { Stream } from "./stream.ts";

/** Where a message leaves from: IPs that are warming up, IPs that are warm, or SES's shared IPs. */
export type RouteKind = "warming" | "established" | "shared";

/** One SES configuration set, bound explicitly to one SES pool. */
export interface Route {
  readonly kind: RouteKind;
  /** The pool whose allowance this route spends; for `shared`, the pool the stream names (or `shared`). */
  readonly pool: string;
  readonly configurationSet: string;
}

/** A route of dedicated IPs: its use is counted against an allowance. */
export type DedicatedRouteKind = Exclude<RouteKind, "shared">;

/** A route whose IPs are the sender's own. */
export type DedicatedRoute = Route & { readonly kind: DedicatedRouteKind };

export function isDedicated(route: Route): route is DedicatedRoute {
  return route.kind !== "shared";
}

/** Name of the configuration set and of the pool tag for SES's shared IPs. */
export const sharedRouteName = "shared";

/** SES's reserved name for its shared IPs (SES developer guide, managing IP pools). */
export const sesSharedPool = "ses-shared-pool";

/** Configuration set and SES pool of a dedicated route carry the same name. */
export function dedicatedRoute(pool: string, kind: DedicatedRouteKind): Route {
  return { kind, pool, configurationSet: `${pool}-${kind}` };
}

/**
 * The routes open to a stream's mail, best first: the pool's warming IPs (while the allowance lasts), its established
 * IPs, the established IPs of the pools it overflows to, and last SES's shared IPs unless the stream forbids them.
 * @param pools - every pool of the deployment by name; validated, so that overflow has no circle
 */
export function routesOf(stream: Stream, pools: ReadonlyMap<string, Pool>): readonly Route[] {
  const routes: Route[] = [];
  let pool = stream.pool === undefined ? undefined : pools.get(stream.pool);
  if (pool !== undefined) routes.push(dedicatedRoute(pool.name, "warming"));
  while (pool !== undefined) {
    routes.push(dedicatedRoute(pool.name, "established"));
    pool = pool.overflowTo === undefined ? undefined : pools.get(pool.overflowTo);
  }
  if (stream.sharedAllowed) routes.push(sharedRoute(stream.pool));
  return routes;
}

/** SES's shared IPs. @param pool - the pool the stream names, kept for tags and counts */
function sharedRoute(pool: string | undefined): Route {
  return { kind: "shared", pool: pool ?? sharedRouteName, configurationSet: sharedRouteName };
}
