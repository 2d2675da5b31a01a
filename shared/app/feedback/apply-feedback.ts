import type { SesEvent } from "../../contracts/ses-event.ts";
import type { ProviderDirectory } from "../../domain/routing/mailbox-provider.ts";
import { parseClaimTag } from "../../domain/sending/claim.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { OutcomeStore } from "../../ports/outcome-counts.ts";
import type { ProofStore } from "../../ports/proof-store.ts";
import type { ReceiptStore } from "../../ports/receipt-store.ts";
import { inParallel } from "../in-parallel.ts";
import { foldOutcomes } from "./fold-outcomes.ts";

export interface FeedbackPorts {
  readonly clock: Clock;
  readonly outcomes: OutcomeStore;
  readonly receipts: ReceiptStore;
  readonly proofs: ProofStore;
  readonly log: Log;
}

const concurrency = 10;

/**
 * Keeps proof of sending, then counts a batch of SES events: one write for each (pool, route, provider, day).
 * @param events - by record id
 * @returns ids of the records that could not be counted and must come again
 */
export async function applyFeedback(
  ports: FeedbackPorts,
  providers: ProviderDirectory,
  events: ReadonlyMap<string, SesEvent>,
): Promise<ReadonlySet<string>> {
  await keepProofs(ports, [...events.values()]);
  const { folded, ignored } = foldOutcomes(providers, events);
  if (ignored > 0) ports.log.info("EVENT_IGNORED", { count: ignored });
  const failed = new Set<string>();
  await inParallel(folded, concurrency, async ({ key, counts, records }) => {
    try {
      await ports.outcomes.add(key, counts);
    } catch (error) {
      ports.log.error("FEEDBACK_NOT_COUNTED", { pool: key.pool, provider: key.provider, error: String(error) });
      for (const record of records) failed.add(record);
    }
  });
  ports.log.info("FEEDBACK_FOLDED", { events: events.size, writes: folded.length });
  return failed;
}

/**
 * A Send event proves that SES took the call. Its queue is delayed beyond the life of a dispatcher, so a receipt that is
 * still missing will not come; proof is written only then, or where the receipt says unknown.
 */
async function keepProofs({ clock, receipts, proofs }: FeedbackPorts, events: readonly SesEvent[]): Promise<void> {
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
