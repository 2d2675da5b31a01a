import { isDedicated, type Route } from "../../domain/routing/route.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import { type RouteTry, routed, tryDedicatedRoute } from "./try-route.ts";
import type { Unspent } from "./unspent.ts";
import type { Claimed, Routed, Undecided } from "./work.ts";

export interface RouteChoice {
  readonly routed: readonly Routed[];
  /** No open route has room: their search is over. */
  readonly full: readonly Undecided[];
  /** A reservation for these got no answer: they go back, the units stay used. */
  readonly unanswered: readonly Claimed[];
  /** Reserved units that no message could use. */
  readonly unspent: readonly Unspent[];
}

/**
 * Gives every message its first route with room. All messages that stand before the same route reserve at once: one
 * conditional update for each route and provider group of the batch, whatever the number of messages.
 */
export async function chooseRoutes(
  ports: DispatchPorts,
  batch: Batch,
  undecided: readonly Undecided[],
): Promise<RouteChoice> {
  let open = undecided;
  const full: Undecided[] = [];
  const tries: RouteTry[] = [];
  while (open.length > 0) {
    full.push(...open.filter(({ search }) => search.next === undefined));
    const round = await Promise.all(
      [...byNextRoute(open)].map(([route, messages]) =>
        isDedicated(route) ? tryDedicatedRoute(ports, batch, { route, messages }) : everyone(route, messages),
      ),
    );
    tries.push(...round);
    open = round.flatMap(({ refused }) => refused);
  }
  return {
    full,
    routed: tries.flatMap(({ granted }) => granted),
    unanswered: tries.flatMap(({ unanswered }) => unanswered),
    unspent: tries.flatMap(({ unspent }) => unspent),
  };
}

function byNextRoute(open: readonly Undecided[]): Map<Route, Undecided[]> {
  const byName = new Map<string, { route: Route; messages: Undecided[] }>();
  for (const undecided of open) {
    const route = undecided.search.next;
    if (route === undefined) continue;
    const name = `${route.pool}/${route.kind}`;
    const found = byName.get(name) ?? { route, messages: [] };
    found.messages.push(undecided);
    byName.set(name, found);
  }
  return new Map([...byName.values()].map(({ route, messages }) => [route, messages]));
}

/** SES's shared IPs need no allowance. */
function everyone(route: Route, messages: readonly Undecided[]): RouteTry {
  const granted = messages.map((each) => routed(each, route, []));
  return { granted, refused: [], unanswered: [], unspent: [] };
}
