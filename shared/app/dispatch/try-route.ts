import type { DedicatedRoute } from "../../domain/routing/route.ts";
import type { RouteDay } from "../../domain/sending/allowance.ts";
import { type Demand, demandByProvider, shareOut } from "../../domain/sending/share-out.ts";
import type { Reservation, Reservations } from "../../ports/allowance-store.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import type { Unspent } from "./unspent.ts";
import type { Claimed, Routed, Undecided } from "./work.ts";

/** How messages fared at one route. */
export interface RouteTry {
  readonly granted: readonly Routed[];
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
  const unansweredAt = new Set([...reserved].flatMap(([provider, { kind }]) => (kind === "unknown" ? [provider] : [])));
  for (const provider of unansweredAt) log.warn("RESERVATION_UNKNOWN", { batch: id, pool: route.pool, provider });
  const [unanswered, answered] = split(messages, ({ work }) => touches(work, unansweredAt));
  const room = new Map([...reserved].map(([provider, reservation]) => [provider, grantedBy(reservation)]));
  const taken = new Set(shareOut(answered, ({ work }) => work.demand, room));
  const [granted, refused] = split(answered, (undecided) => taken.has(undecided));
  return {
    granted: granted.map(({ work }) => ({ ...work, route, reserved: unitsOf(of, reserved, work.demand) })),
    refused,
    unanswered: unanswered.map(({ work }) => work),
    unspent: unitsOf(of, reserved, room),
  };
}

function grantedBy(reservation: Reservation): number {
  return reservation.kind === "granted" ? reservation.recipients : 0;
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

function split<Item>(items: readonly Item[], first: (item: Item) => boolean): [Item[], Item[]] {
  const isFirst: Item[] = [];
  const isSecond: Item[] = [];
  for (const item of items) (first(item) ? isFirst : isSecond).push(item);
  return [isFirst, isSecond];
}
