import type { AllowanceKey } from "../../shared/domain/sending/allowance.ts";
import type { AllowanceStore, Reservation } from "../../shared/ports/allowance-store.ts";

/** A reservation at one provider alone. */
export async function reserveAt(store: AllowanceStore, key: AllowanceKey, recipients: number): Promise<Reservation> {
  const reserved = await store.reserve(key, new Map([[key.provider, recipients]]));
  const reservation = reserved.get(key.provider);
  if (reservation === undefined || reserved.size > 1) throw new Error("one provider was asked, and one has to answer");
  return reservation;
}
