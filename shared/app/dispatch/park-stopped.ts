import { waitMs } from "../../domain/sending/circuit.ts";
import { delaySeconds } from "../../domain/sending/delay.ts";
import { inParallel } from "../in-parallel.ts";
import { type Stops, stoppedBy } from "./stops.ts";
import type { Admitted, Dispatch } from "./work.ts";

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
  const stopped = admitted.flatMap((work) => {
    const circuit = stoppedBy(dispatch, stops, work);
    return circuit === undefined ? [] : [{ work, circuit }];
  });
  await inParallel(stopped, concurrency, ({ work, circuit }) =>
    outcomes.settle(work.record, async () => {
      await ports.parking.park(work.record, delaySeconds(waitMs(circuit, batch.nowMs) + spreadMs(work)));
      return { kind: "parked", because: circuit.reason };
    }),
  );
  const waiting = new Set(stopped.map(({ work }) => work));
  return admitted.filter((work) => !waiting.has(work));
}

/** Mail that waits for the same moment comes back at different ones, so that a stop does not end in one burst. */
export function spreadMs({ position }: Admitted): number {
  return 1_000 * (position % 30);
}
