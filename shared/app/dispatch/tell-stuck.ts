import type { Outcome, ParkReason } from "../../domain/sending/outcome.ts";
import type { DispatchPorts, DispatchRecord, DispatchSettings } from "./dispatch-ports.ts";

/** Parked so often in a row, a message is told of: after an hour at the longest delay, after some minutes of a stop. */
const often = 4;
const hourMs = 3_600_000;

/** Tells of mail of a batch that does not get on: no queue and no table shows it, since each time it waits anew. */
export function tellStuck(
  { log, clock }: Pick<DispatchPorts, "log" | "clock">,
  { streams }: Pick<DispatchSettings, "streams">,
  records: readonly DispatchRecord[],
  outcomes: ReadonlyMap<string, Outcome>,
): void {
  const nowMs = clock.nowMs();
  const parked = new Tally<ParkReason>();
  const held = new Tally<string>();
  for (const record of records) {
    const outcome = outcomes.get(record.recordId);
    if (outcome?.kind === "parked" && isParkedAgain(record, outcome.because)) {
      parked.add(outcome.because, record.parkings + 1);
    }
    if (outcome?.kind === "held" && outcome.because !== "send-after") {
      const waitsMs = nowMs - Math.max(record.enqueuedAtMs, record.message.sendAfter ?? 0);
      const { name, longestHoldMs = Number.POSITIVE_INFINITY } = streams.get(record.message.stream) ?? {};
      if (name !== undefined && waitsMs >= longestHoldMs) held.add(name, Math.floor(waitsMs / hourMs));
    }
  }
  for (const [because, { messages, most }] of parked) log.warn("PARKED_AGAIN", { because, messages, most });
  for (const [stream, { messages, most: hours }] of held) log.warn("HELD_FOR_LONG", { stream, messages, hours });
}

/** Proof of an unknown outcome may be waited for as long as its stream says, and that ends by itself. */
function isParkedAgain({ parkings }: DispatchRecord, because: ParkReason): boolean {
  return because !== "outcome-unknown" && parkings + 1 >= often;
}

/** Messages by name, and the highest figure among them. */
class Tally<Name> extends Map<Name, { readonly messages: number; readonly most: number }> {
  add(name: Name, figure: number): void {
    const { messages, most } = this.get(name) ?? { messages: 0, most: 0 };
    this.set(name, { messages: messages + 1, most: Math.max(most, figure) });
  }
}
