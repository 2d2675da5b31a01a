import type { DedicatedRouteKind, Route } from "../routing/route.ts";

/** Recipients of one message by mailbox provider. */
export type Demand = ReadonlyMap<string, number>;

export interface Candidate {
  readonly position: number;
  readonly demand: Demand;
  /** Routes open to the message, best first. */
  readonly routes: readonly Route[];
}

/** Total recipients a set of candidates asks of each provider on one route. */
export function demandByProvider(candidates: readonly Candidate[]): Map<string, number> {
  const total = new Map<string, number>();
  for (const { demand } of candidates) {
    for (const [provider, recipients] of demand) total.set(provider, (total.get(provider) ?? 0) + recipients);
  }
  return total;
}

/**
 * Gives granted room to messages in their order: a message is taken whole, at every provider it addresses, or not at all.
 * @param room - recipients granted by provider; reduced in place by what is taken, so that the rest can be given back
 */
export function shareOut(candidates: readonly Candidate[], room: Map<string, number>): Candidate[] {
  return candidates.filter(({ demand }) => {
    const fits = [...demand].every(([provider, recipients]) => (room.get(provider) ?? 0) >= recipients);
    if (!fits) return false;
    for (const [provider, recipients] of demand) room.set(provider, (room.get(provider) ?? 0) - recipients);
    return true;
  });
}

/** The first dedicated route of a kind that is open to a candidate, if any. */
export function dedicatedRoutes(route: Route): route is Route & { kind: DedicatedRouteKind } {
  return route.kind !== "shared";
}
