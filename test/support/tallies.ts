import { ProviderTally } from "../../shared/domain/brakes/provider-tally.ts";
import type { Tally } from "../../shared/domain/brakes/tally.ts";
import type { SignSlot } from "../../shared/domain/feedback/sign.ts";
import type { DedicatedRouteKind } from "../../shared/domain/routing/route.ts";

/** What the slots of one provider say of a route, counted at once. */
export function tallySlots(route: DedicatedRouteKind, slots: readonly SignSlot[]): Tally[] {
  const tally = new ProviderTally();
  for (const slot of slots) tally.add(slot);
  return tally.of(route);
}
