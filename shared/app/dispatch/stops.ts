import { mayWaitUntilMs } from "../../domain/routing/may-wait.ts";
import {
  firstCircuitToEnd,
  type MailToRoute,
  type RouteSearch,
  type RouteStops,
  startSearch,
} from "../../domain/routing/route-search.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import { chooseProbe, circuitsBefore, type Probe } from "./probe.ts";
import type { Admitted, Dispatch, StoppedMail } from "./work.ts";

export interface Stops extends RouteStops {
  /** The message that asks SES for all others whether the account's circuit is over. */
  readonly probe: Probe | undefined;
}

/** @param admitted - of whom one may ask SES for all others */
export async function readStops(ports: DispatchPorts, admitted: readonly Admitted[]): Promise<Stops> {
  const probe = await chooseProbe(ports, admitted);
  const [walls, circuits] = await Promise.all([ports.walls.levels(), ports.circuits.openNow()]);
  return { walls, circuits, probe };
}

/** Begins a message's search for a route. */
export function searchRoute({ settings, batch }: Dispatch, stops: Stops, work: Admitted): RouteSearch {
  const circuits = circuitsBefore(stops.circuits, stops.probe, work);
  return startSearch(settings, toRoute(batch, work), { walls: stops.walls, circuits });
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
