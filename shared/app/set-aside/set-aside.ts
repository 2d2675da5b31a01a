import { errorName } from "../../domain/errors.ts";
import { dayMs } from "../../domain/utc-day.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { SetAsideStore } from "../../ports/set-aside-store.ts";
import { inParallel } from "../in-parallel.ts";
import { entryOf, laterPiece, type SetAsideRecord } from "./set-aside-entry.ts";

export interface SetAsidePorts {
  readonly clock: Clock;
  readonly setAside: Pick<SetAsideStore, "add" | "addPiece">;
  readonly log: Log;
}

const concurrency = 10;

/**
 * Keeps what the queues of quarantine and dead letters bring where it can be listed, read and put back. Safe to repeat:
 * a message is one entry however often it comes.
 * @param keptDays - how long an entry is kept
 * @returns message ids of the records that could not be kept: they must stay on their queues
 */
export async function setAside(
  ports: SetAsidePorts,
  keptDays: number,
  records: readonly SetAsideRecord[],
): Promise<string[]> {
  const failed: string[] = [];
  const kept = new Map<string, number>();
  await inParallel(records, concurrency, async (record) => {
    try {
      await keep(ports, keptDays * dayMs, record);
      if (laterPiece(record) !== undefined) return;
      const from = record.from.kind === "quarantine" ? "quarantine" : `${record.from.queue}-dead-letters`;
      kept.set(from, (kept.get(from) ?? 0) + 1);
    } catch (error) {
      ports.log.error("SET_ASIDE_FAILED", {
        recordId: record.messageId,
        error: errorName(error),
      });
      failed.push(record.messageId);
    }
  });
  for (const [from, messages] of kept) ports.log.warn("SET_ASIDE", { from, messages });
  return failed;
}

async function keep({ clock, setAside: store }: SetAsidePorts, keptMs: number, record: SetAsideRecord): Promise<void> {
  const piece = laterPiece(record);
  if (piece !== undefined) {
    await store.addPiece(piece.first, piece.index, record.body, record.sentAtMs + keptMs);
    return;
  }
  const entry = entryOf(record, { nowMs: clock.nowMs(), keptMs });
  await store.add(entry, entry.body === undefined ? undefined : record.body);
}
