import { errorName } from "../../domain/errors.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import type { SendResult } from "./send-routed.ts";
import type { Routed } from "./work.ts";

/**
 * Writes what this batch did, also when nothing was sent: a missing receipt must mean that the worker died. Should the
 * write fail, what was sent is answered as sent all the same; only a copy that comes back has to wait for proof.
 * @param silent - whether SES answered nobody at that time
 */
export async function writeReceipt(
  { receipts, log }: DispatchPorts,
  batch: Batch,
  results: ReadonlyMap<Routed, SendResult>,
  silent: boolean,
): Promise<void> {
  const positions = (kind: SendResult["kind"]): number[] =>
    [...results].filter(([, result]) => result.kind === kind).map(([{ position }]) => position);
  const putOff = positions("put-off");
  const receipt = {
    batch: batch.id,
    sent: positions("accepted"),
    unknown: positions("unknown"),
    ...(silent && { silent }),
    ...(putOff.length > 0 && { putOff }),
  };
  try {
    await receipts.put(receipt, batch.nowMs);
  } catch (error) {
    log.error("RECEIPT_FAILED", { batch: batch.id, error: errorName(error) });
  }
}
