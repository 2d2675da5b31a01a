import type { SesEvent } from "../../contracts/ses-event.ts";
import { parseClaimTag } from "../../domain/sending/claim.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ProofStore } from "../../ports/proof-store.ts";
import type { ReceiptStore } from "../../ports/receipt-store.ts";
import { inParallel } from "../in-parallel.ts";
import type { Attempts } from "./attempts.ts";

export interface ProofPorts {
  readonly clock: Clock;
  readonly receipts: ReceiptStore;
  readonly proofs: ProofStore;
}

const concurrency = 10;

/**
 * A Send event proves that SES took the call. Its queue is delayed beyond the life of a dispatcher, so a receipt that is
 * still missing will not come; proof is written only then, or where the receipt says unknown. Each dispatcher batch is
 * an attempt of its own.
 * @param events - by record id
 */
export async function keepProofs(
  { clock, receipts, proofs }: ProofPorts,
  attempts: Attempts,
  events: ReadonlyMap<string, SesEvent>,
): Promise<void> {
  await inParallel([...sendsByBatch(events)], concurrency, ([batch, sends]) =>
    attempts.make(sends.keys(), { batch }, async () => {
      const receipt = await receipts.get(batch);
      const unproven = [...sends.values()].filter((position) => !receipt?.sent.includes(position));
      if (unproven.length > 0) await proofs.add(batch, unproven, clock.nowMs());
    }),
  );
}

/** Positions in each dispatcher batch that were sent, by record id. */
function sendsByBatch(events: ReadonlyMap<string, SesEvent>): Map<string, Map<string, number>> {
  const byBatch = new Map<string, Map<string, number>>();
  for (const [record, { eventType, mail }] of events) {
    const claim = parseClaimTag(mail.tags["sw-id"]?.[0] ?? "");
    if (eventType !== "Send" || claim === undefined) continue;
    const sends = byBatch.get(claim.batch) ?? new Map<string, number>();
    byBatch.set(claim.batch, sends.set(record, claim.position));
  }
  return byBatch;
}
