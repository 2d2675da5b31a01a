import { mayWaitUntilMs } from "../../domain/routing/may-wait.ts";
import {
  firstCircuitToEnd,
  type MailToRoute,
  type RouteSearch,
  type RouteStops,
  startSearch,
} from "../../domain/routing/route-search.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import type { Admitted, Dispatch, StoppedMail } from "./work.ts";

export type Stops = RouteStops;

export async function readStops({ walls, circuits }: DispatchPorts): Promise<Stops> {
  const [levels, open] = await Promise.all([walls.levels(), circuits.openNow()]);
  return { walls: levels, circuits: open };
}

/** Begins a message's search for a route. */
export function searchRoute({ settings, batch }: Dispatch, stops: Stops, work: Admitted): RouteSearch {
  return startSearch(settings, toRoute(batch, work), stops);
}

/** What of an admitted message decides its routes, at the batch's time. */
export function toRoute({ nowMs }: Batch, { stream, arm, names, times }: Admitted): MailToRoute {
  return { stream, arm, names, mayWaitUntilMs: mayWaitUntilMs(stream, times, nowMs) };
}

/** A message that circuits keep from every route; undefined when a route is open to it, or none would be without them. */
export function stoppedBy(dispatch: Dispatch, stops: Stops, work: Admitted): StoppedMail | undefined {
  if (stops.circuits.size === 0) return undefined;
  const { next, passedOver } = searchRoute(dispatch, stops, work);
  const circuit = next === undefined ? firstCircuitToEnd(passedOver) : undefined;
  return circuit && { work, circuit, passedOver };
}
