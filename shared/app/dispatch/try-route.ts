import type { DedicatedRoute } from "../../domain/routing/route.ts";
import type { AllowanceKey } from "../../domain/sending/allowance.ts";
import { demandByProvider, shareOut } from "../../domain/sending/share-out.ts";
import type { Reservation } from "../../ports/allowance-store.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import type { Unspent } from "./unspent.ts";
import type { Claimed, Routed, Undecided } from "./work.ts";

/** How a group of messages fared at one route. */
export interface RouteTry {
  readonly granted: readonly Routed[];
  readonly refused: readonly Undecided[];
  readonly unanswered: readonly Claimed[];
  readonly unspent: readonly Unspent[];
}

interface Reserved {
  readonly key: AllowanceKey;
  readonly reservation: Reservation;
}

/** Reserves for a whole group at one dedicated route and shares out what was granted, in the order of the group. */
export async function tryDedicatedRoute(
  { allowances, log }: DispatchPorts,
  { day, id }: Batch,
  { route, group }: { route: DedicatedRoute; group: readonly Undecided[] },
): Promise<RouteTry> {
  const reserved = await Promise.all(
    [...demandByProvider(group.map(({ work }) => work))].map(async ([provider, recipients]): Promise<Reserved> => {
      const key = { pool: route.pool, route: route.kind, provider, day };
      return { key, reservation: await allowances.reserve(key, recipients) };
    }),
  );
  const unansweredAt = new Set(reserved.filter(({ reservation }) => reservation.kind === "unknown").map(providerOf));
  for (const provider of unansweredAt) log.warn("RESERVATION_UNKNOWN", { batch: id, pool: route.pool, provider });
  const [unanswered, answered] = split(group, ({ work }) => touches(work, unansweredAt));
  const room = new Map(reserved.map((each) => [providerOf(each), grantedBy(each)]));
  const taken = new Set(shareOut(answered, ({ work }) => work.demand, room));
  const [granted, refused] = split(answered, (undecided) => taken.has(undecided));
  return {
    granted: granted.map(({ work }) => ({ ...work, route, reserved: unitsOf(work, reserved) })),
    refused,
    unanswered: unanswered.map(({ work }) => work),
    unspent: reserved.flatMap(({ key, reservation }) => left(key, reservation, room.get(key.provider) ?? 0)),
  };
}

function providerOf({ key }: Reserved): string {
  return key.provider;
}

function grantedBy({ reservation }: Reserved): number {
  return reservation.kind === "granted" ? reservation.recipients : 0;
}

function left(key: AllowanceKey, reservation: Reservation, recipients: number): Unspent[] {
  if (reservation.kind !== "granted" || recipients === 0) return [];
  return [{ key, recipients, epoch: reservation.epoch }];
}

/** The units one message holds, to be given back should it prove unsent. */
function unitsOf({ demand }: Claimed, reserved: readonly Reserved[]): Unspent[] {
  return reserved.flatMap(({ key, reservation }) => left(key, reservation, demand.get(key.provider) ?? 0));
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
