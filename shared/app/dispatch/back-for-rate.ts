import type { Outcome } from "../../domain/sending/outcome.ts";
import type { DispatchPorts } from "./dispatch-ports.ts";
import type { Admitted } from "./work.ts";

/** A message that the sending rate has sent back this often waits on the parked queue: its receive count starts anew there. */
const patientReceives = 4;

export interface RateWait {
  readonly because: "ses-throttled" | "send-rate";
  readonly delaySeconds: number;
}

/** Sends a message back that the account's sending rate leaves no room for now; it was provably not sent. */
export async function backForRate(
  { parking }: Pick<DispatchPorts, "parking">,
  { record, position }: Admitted,
  { because, delaySeconds }: RateWait,
): Promise<Outcome> {
  if (record.receives < patientReceives) return { kind: "again", because, delaySeconds };
  await parking.park(record, 60 + 10 * (position % 24));
  return { kind: "parked", because };
}
