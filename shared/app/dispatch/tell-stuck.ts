import type { Outcome } from "../../domain/sending/outcome.ts";
import type { DispatchPorts, DispatchRecord, DispatchSettings } from "./dispatch-ports.ts";

/** Parked so often in a row, and for so long, a message is told of; and again whenever it was twice as often. */
const often = 4;
const longMs = 30 * 60_000;
const hourMs = 3_600_000;

/** Tells of mail of a batch that does not get on: no queue and no table shows it, since each time it waits anew. */
export function tellStuck(
  { log, clock }: Pick<DispatchPorts, "log" | "clock">,
  { streams }: Pick<DispatchSettings, "streams">,
  records: readonly DispatchRecord[],
  outcomes: ReadonlyMap<string, Outcome>,
): void {
  const nowMs = clock.nowMs();
  const parked = new Tally();
  const held = new Tally();
  for (const record of records) {
    const outcome = outcomes.get(record.recordId);
    if (outcome?.kind === "parked") parked.add(outcome.because, parkedAgain(record, outcome, nowMs));
    if (outcome?.kind === "held") held.add(record.message.stream, hoursHeld(streams, record, outcome, nowMs));
  }
  for (const [because, { messages, most }] of parked) log.warn("PARKED_AGAIN", { because, messages, most });
  for (const [stream, { messages, most: hours }] of held) log.warn("HELD_FOR_LONG", { stream, messages, hours });
}

/**
 * How often a message was parked in a row, if it is to be told. Proof of an unknown outcome may be waited for as long as
 * its stream says, and that ends by itself.
 */
function parkedAgain(
  { parkings, parkedSinceMs }: DispatchRecord,
  { because }: Of<"parked">,
  nowMs: number,
): number | undefined {
  const times = parkings + 1;
  const isTold = times >= often && Number.isInteger(Math.log2(times)) && nowMs - parkedSinceMs >= longMs;
  return isTold && because !== "outcome-unknown" ? times : undefined;
}

/** How long a message has waited for room, hours, if that is longer than its stream's longest hold. */
function hoursHeld(
  streams: DispatchSettings["streams"],
  { message, enqueuedAtMs }: DispatchRecord,
  { because }: Of<"held">,
  nowMs: number,
): number | undefined {
  const stream = streams.get(message.stream);
  const waitsMs = nowMs - Math.max(enqueuedAtMs, message.sendAfter ?? 0);
  const isLong = because !== "send-after" && stream !== undefined && waitsMs >= stream.longestHoldMs;
  return isLong ? Math.floor(waitsMs / hourMs) : undefined;
}

type Of<Kind extends Outcome["kind"]> = Extract<Outcome, { readonly kind: Kind }>;

/** Messages by name, and the highest figure among them. */
class Tally extends Map<string, { readonly messages: number; readonly most: number }> {
  /** @param figure - undefined for a message that does not count */
  add(name: string, figure: number | undefined): void {
    if (figure === undefined) return;
    const { messages, most } = this.get(name) ?? { messages: 0, most: 0 };
    this.set(name, { messages: messages + 1, most: Math.max(most, figure) });
  }
}
