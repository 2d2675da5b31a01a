import { whyFull } from "../../domain/routing/passed-over.ts";
import type { DedicatedRoute, Route } from "../../domain/routing/route.ts";
import { passOver } from "../../domain/routing/route-search.ts";
import type { RoomReason, RouteDay } from "../../domain/sending/allowance.ts";
import { type Demand, demandByProvider, takeRoom } from "../../domain/sending/share-out.ts";
import type { Reservation, Reservations } from "../../ports/allowance-store.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import type { Unspent } from "./unspent.ts";
import type { Claimed, Routed, Undecided } from "./work.ts";

/** How messages fared at one route. */
export interface RouteTry {
  readonly granted: readonly Routed[];
  /** Those without room here: their search goes on behind this route. */
  readonly refused: readonly Undecided[];
  readonly unanswered: readonly Claimed[];
  readonly unspent: readonly Unspent[];
}

/** Reserves for all messages at one dedicated route and shares out what was granted, in their order. */
export async function tryDedicatedRoute(
  { allowances, log }: DispatchPorts,
  { day, id }: Batch,
  { route, messages }: { route: DedicatedRoute; messages: readonly Undecided[] },
): Promise<RouteTry> {
  const of = { pool: route.pool, route: route.kind, day };
  const reserved = await allowances.reserve(of, demandByProvider(messages.map(({ work }) => work)));
  const unansweredAt = new Set<string>();
  for (const [provider, reservation] of reserved) {
    if (reservation.kind !== "unknown") continue;
    unansweredAt.add(provider);
    log.warn("RESERVATION_UNKNOWN", { batch: id, pool: route.pool, provider, error: reservation.error });
  }
  const unanswered = messages.filter(({ work }) => touches(work, unansweredAt));
  const room = new Map([...reserved].map(([provider, reservation]) => [provider, grantedBy(reservation)]));
  const granted: Routed[] = [];
  const refused: Undecided[] = [];
  for (const each of messages.filter((message) => !unanswered.includes(message))) {
    const { work, search } = each;
    const full = takeRoom(work.demand, room);
    const because = whyFull([...work.demand.keys()].map((at) => (full.has(at) ? lackOf(reserved.get(at)) : undefined)));
    if (because === undefined) granted.push(routed(each, route, unitsOf(of, reserved, work.demand)));
    else refused.push({ work, search: passOver(search, because) });
  }
  return { granted, refused, unanswered: unanswered.map(({ work }) => work), unspent: unitsOf(of, reserved, room) };
}

/** A message that takes the route its search has come to. @param reserved - for it alone */
export function routed({ work, search }: Undecided, route: Route, reserved: readonly Unspent[]): Routed {
  return { ...work, route, passedOver: search.passedOver, reserved };
}

function grantedBy(reservation: Reservation): number {
  return reservation.kind === "granted" ? reservation.recipients : 0;
}

/** Why a reservation was not enough for a message: it was none, or others of the batch took what there was. */
function lackOf(reservation: Reservation | undefined): RoomReason {
  if (reservation?.kind === "none") return reservation.because;
  return (reservation?.kind === "granted" ? reservation.short : undefined) ?? "spent";
}

/** Units of a reservation, to be given back should they not be spent; none where nothing was granted. */
function unitsOf(of: RouteDay, reserved: Reservations, recipients: Demand): Unspent[] {
  return [...recipients].flatMap(([provider, units]) => {
    const reservation = reserved.get(provider);
    if (reservation?.kind !== "granted" || units === 0) return [];
    return [{ key: { ...of, provider }, recipients: units, epoch: reservation.epoch }];
  });
}

function touches({ demand }: Claimed, providers: ReadonlySet<string>): boolean {
  return [...demand.keys()].some((provider) => providers.has(provider));
}
