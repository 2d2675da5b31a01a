import type { WallLevel } from "../../domain/quality/wall.ts";
import { hasPool } from "../../domain/routing/choose-pool.ts";
import type { Route } from "../../domain/routing/route.ts";
import { type Circuit, circuitOver, type OpenCircuits } from "../../domain/sending/circuit.ts";
import type { DispatchPorts, DispatchSettings } from "./dispatch-ports.ts";
import { openRoutes } from "./hold.ts";
import { chooseProbe, circuitsBefore, type Probe } from "./probe.ts";
import type { Admitted, Dispatch } from "./work.ts";

/** What keeps mail from routes that its stream would take: walls by stream, and open circuits. */
export interface Stops {
  readonly walls: ReadonlyMap<string, WallLevel>;
  readonly circuits: OpenCircuits;
  /** The message that asks SES for all others whether the account's circuit is over. */
  readonly probe: Probe | undefined;
}

/** @param admitted - of whom one may ask SES for all others */
export async function readStops(ports: DispatchPorts, admitted: readonly Admitted[]): Promise<Stops> {
  const probe = await chooseProbe(ports, admitted);
  const [walls, circuits] = await Promise.all([ports.walls.levels(), ports.circuits.openNow()]);
  return { walls, circuits, probe };
}

/** Routes a message may take now, best first. */
export function routesNow(dispatch: Dispatch, stops: Stops, work: Admitted): readonly Route[] {
  return wantedRoutes(dispatch, stops, work).filter((route) => circuitBefore(stops, work, route) === undefined);
}

/** The circuit that keeps a message from every route it wants; undefined when one of them is open, or it wants none. */
export function stoppedBy(dispatch: Dispatch, stops: Stops, work: Admitted): Circuit | undefined {
  if (stops.circuits.size === 0) return undefined;
  const routes = wantedRoutes(dispatch, stops, work);
  const stopped = routes.flatMap((route) => circuitBefore(stops, work, route) ?? []);
  return stopped.length === routes.length ? stopped[0] : undefined;
}

/** The circuit that keeps a message from a route; undefined when none does. */
function circuitBefore({ circuits, probe }: Stops, work: Admitted, route: Route): Circuit | undefined {
  return circuitOver(circuitsBefore(circuits, probe, work), work.names, route.configurationSet);
}

function wantedRoutes({ settings, batch }: Dispatch, { walls }: Stops, work: Admitted): readonly Route[] {
  return openRoutes(settings, batch, work, wallBefore(settings, walls, work.stream.name));
}

/**
 * The wall before all of a stream's mail, whatever pool its rules give it. A stream without any pool has nothing to
 * protect and is never stopped.
 */
function wallBefore({ streams }: DispatchSettings, walls: Stops["walls"], name: string): WallLevel | undefined {
  const stream = streams.get(name);
  return stream !== undefined && hasPool(stream) ? walls.get(name) : undefined;
}
