import { type Arm, routesInArm } from "../feedback/arm.ts";
import { routesUnder } from "../quality/routes-under.ts";
import type { WallLevel } from "../quality/wall.ts";
import { type Circuit, circuitOver, type OpenCircuits } from "../sending/circuit.ts";
import type { MailNames } from "../sending/circuit-scope.ts";
import { hasPool } from "./choose-pool.ts";
import type { FullReason, PassedOver } from "./passed-over.ts";
import type { Pool } from "./pool.ts";
import { type Route, routesOf } from "./route.ts";
import type { Stream } from "./stream.ts";

/** What of a message decides its routes. */
export interface MailToRoute {
  /** With the pool that this message has by the stream's rules. */
  readonly stream: Stream;
  readonly arm: Arm;
  readonly names: MailNames;
  /** Until then it may wait for room on its own IPs, epoch ms; undefined when it may not (any more). */
  readonly mayWaitUntilMs: number | undefined;
}

/** Streams and pools as they are configured, by name. */
export interface Deployment {
  readonly streams: ReadonlyMap<string, Stream>;
  readonly pools: ReadonlyMap<string, Pool>;
}

/** What keeps mail from routes that its stream would take: walls by stream, and open circuits. */
export interface RouteStops {
  readonly walls: ReadonlyMap<string, WallLevel>;
  readonly circuits: OpenCircuits;
}

/** How far a message's search for a route has come. */
export interface RouteSearch {
  /** The route to try: nothing but room decides whether the message takes it. Undefined when no route is left. */
  readonly next: Route | undefined;
  /** Routes it did not take, in its order, each with the reason. */
  readonly passedOver: readonly PassedOver[];
  /** In its order, behind `next`. */
  readonly behind: readonly Candidate[];
}

interface Candidate {
  readonly route: Route;
  /** Why the message may not take it now; undefined when it may. */
  readonly stop: PassedOver | undefined;
}

/**
 * Begins at the first route that nothing stops. Here and in `passOver`, and nowhere else, is decided which routes a
 * message may take now, and why not the others: dispatcher and release search alike, so neither knows a way out that
 * the other does not.
 */
export function startSearch(deployment: Deployment, mail: MailToRoute, stops: RouteStops): RouteSearch {
  const routes = routesOf(mail.stream, deployment.pools);
  const wall = wallBefore(deployment, stops, mail.stream.name);
  const candidates = routesInArm(mail.arm, routes).map((route) => ({
    route,
    stop: stopBefore(route, mail, { wall, circuits: stops.circuits }),
  }));
  return goOn(keptOff(mail.arm, routes), candidates);
}

/** Goes on behind a route that has no room for the message. */
export function passOver(search: RouteSearch, because: FullReason): RouteSearch {
  const { next: route, passedOver, behind } = search;
  return route === undefined ? search : goOn([...passedOver, { route, because }], behind);
}

/** Of the circuits that keep a message from routes, the one that ends first; undefined when none does. */
export function firstCircuitToEnd(passedOver: readonly PassedOver[]): Circuit | undefined {
  return passedOver
    .flatMap((each) => (each.because === "circuit" ? [each.circuit] : []))
    .toSorted((one, other) => one.untilMs - other.untilMs)[0];
}

/**
 * The stop that a message without a route sits out beside the queue: it waits no longer than that. Undefined when it is held
 * instead: it may wait for room on its own IPs, or nothing that ends by itself keeps it.
 */
export function stopToSitOut(mail: MailToRoute, { passedOver }: RouteSearch): Circuit | undefined {
  return waits(mail) ? undefined : firstCircuitToEnd(passedOver);
}

/** Whether a message may wait for its own IPs. The control is there to leave by others: it waits for none. */
function waits({ arm, mayWaitUntilMs }: MailToRoute): boolean {
  return arm !== "control" && mayWaitUntilMs !== undefined;
}

function goOn(passedOver: readonly PassedOver[], candidates: readonly Candidate[]): RouteSearch {
  const open = candidates.findIndex(({ stop }) => stop === undefined);
  const end = open === -1 ? candidates.length : open;
  const reached = candidates.slice(0, end + 1).map(({ route }) => route);
  return {
    next: candidates[end]?.route,
    passedOver: [
      ...passedOver.filter(({ because, route }) => because !== "control-sample" || !reached.includes(route)),
      ...candidates.slice(0, end).flatMap(({ stop }) => stop ?? []),
    ],
    behind: candidates.slice(end + 1),
  };
}

/** The routes that the control sample keeps off as long as it has another. */
function keptOff(arm: Arm, routes: readonly Route[]): PassedOver[] {
  if (arm !== "control") return [];
  return routes.filter(({ kind }) => kind === "warming").map((route) => ({ route, because: "control-sample" }));
}

/**
 * The wall before all of a stream's mail, whatever pool its rules give it. A stream without any pool has nothing to
 * protect and is never stopped.
 */
function wallBefore({ streams }: Deployment, { walls }: RouteStops, name: string): WallLevel | undefined {
  const stream = streams.get(name);
  return stream !== undefined && hasPool(stream) ? walls.get(name) : undefined;
}

function stopBefore(
  route: Route,
  mail: MailToRoute,
  { wall, circuits }: { readonly wall: WallLevel | undefined; readonly circuits: OpenCircuits },
): PassedOver | undefined {
  if (routesUnder(mail.stream.pool, wall, [route]).length === 0) return { route, because: "wall" };
  if (route.kind === "shared" && waits(mail)) return { route, because: "waits" };
  const circuit = circuitOver(circuits, mail.names, route.configurationSet);
  return circuit === undefined ? undefined : { route, because: "circuit", circuit };
}
