import type { SesEvent } from "../../contracts/ses-event.ts";
import { parseClaimTag } from "../../domain/sending/claim.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ProofStore } from "../../ports/proof-store.ts";
import type { ReceiptStore } from "../../ports/receipt-store.ts";
import { inParallel } from "../in-parallel.ts";

export interface ProofPorts {
  readonly clock: Clock;
  readonly receipts: ReceiptStore;
  readonly proofs: ProofStore;
}

const concurrency = 10;

/**
 * A Send event proves that SES took the call. Its queue is delayed beyond the life of a dispatcher, so a receipt that is
 * still missing will not come; proof is written only then, or where the receipt says unknown.
 */
export async function keepProofs({ clock, receipts, proofs }: ProofPorts, events: readonly SesEvent[]): Promise<void> {
  const byBatch = new Map<string, number[]>();
  for (const { eventType, mail } of events) {
    const claim = parseClaimTag(mail.tags["sw-id"]?.[0] ?? "");
    if (eventType !== "Send" || claim === undefined) continue;
    byBatch.set(claim.batch, [...(byBatch.get(claim.batch) ?? []), claim.position]);
  }
  await inParallel([...byBatch], concurrency, async ([batch, positions]) => {
    const receipt = await receipts.get(batch);
    const unproven = positions.filter((position) => !receipt?.sent.includes(position));
    if (unproven.length > 0) await proofs.add(batch, unproven, clock.nowMs());
  });
}
