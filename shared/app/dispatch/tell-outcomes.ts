import { type PassedOver, passText } from "../../domain/routing/passed-over.ts";
import type { Outcome } from "../../domain/sending/outcome.ts";
import type { DispatchPorts } from "./dispatch-ports.ts";

/**
 * Tells how a batch ended: outcomes by kind, and routes that its mail did not take by reason and kind of route. The metric has
 * each message once, by the reason of the first.
 * @param records - of the whole batch, those too that were malformed and have no outcome here
 */
export function tellOutcomes(
  { log, metrics }: Pick<DispatchPorts, "log" | "metrics">,
  records: number,
  outcomes: Iterable<Outcome>,
): void {
  const all = [...outcomes];
  const passedOver = all.map(passedOverIn);
  log.info("BATCH_DISPATCHED", {
    records,
    ...countsOf(all.map(({ kind }) => kind)),
    passedOver: countsOf(passedOver.flat().map(passText)),
  });
  const first = passedOver.flatMap(([each]) => each?.because ?? []);
  for (const [reason, count] of Object.entries(countsOf(first))) {
    metrics.count("FirstRoutePassedOver", count, { reason });
  }
}

function passedOverIn(outcome: Outcome): readonly PassedOver[] {
  switch (outcome.kind) {
    case "sent":
    case "held":
      return outcome.passedOver;
    case "parked":
      return outcome.passedOver ?? [];
    case "already-sent":
    case "quarantined":
    case "again":
      return [];
    default:
      return outcome satisfies never;
  }
}

function countsOf(texts: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}
