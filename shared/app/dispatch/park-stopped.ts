import { waitMs } from "../../domain/sending/circuit.ts";
import { delaySeconds } from "../../domain/sending/delay.ts";
import type { Outcome } from "../../domain/sending/outcome.ts";
import { inParallel } from "../in-parallel.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import { type Stops, stoppedBy } from "./stops.ts";
import type { Admitted, Dispatch, StoppedMail } from "./work.ts";

const concurrency = 25;

/**
 * Parks what no open route could take because SES takes nothing: of the account, of each configuration set it might
 * leave by, of its tenant or its sender. Before the claim, so that waiting costs a message nothing but its way to the
 * parked queue.
 * @returns those that go on
 */
export async function parkStopped(
  dispatch: Dispatch,
  stops: Stops,
  admitted: readonly Admitted[],
): Promise<Admitted[]> {
  const { ports, batch, outcomes } = dispatch;
  const stopped = admitted.flatMap((work) => stoppedBy(dispatch, stops, work) ?? []);
  await inParallel(stopped, concurrency, (each) =>
    outcomes.settle(each.work.record, () => parkBehind(ports, batch, each)),
  );
  const waiting = new Set(stopped.map(({ work }) => work));
  return admitted.filter((work) => !waiting.has(work));
}

/** Parks a message until a circuit's end. */
export async function parkBehind(
  { parking }: Pick<DispatchPorts, "parking">,
  { nowMs }: Batch,
  { work, circuit, passedOver }: StoppedMail,
): Promise<Outcome> {
  await parking.park(work.record, delaySeconds(waitMs(circuit, nowMs) + spreadMs(work)));
  return { kind: "parked", because: circuit.reason, passedOver };
}

/** Mail that waits for the same moment comes back at different ones, so that a stop does not end in one burst. */
export function spreadMs({ position }: Admitted): number {
  return 1_000 * (position % 30);
}
