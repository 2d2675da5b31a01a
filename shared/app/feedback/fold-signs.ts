import { streamArmText } from "../../domain/feedback/arm.ts";
import { type SignSlot, signText, slotOf } from "../../domain/feedback/sign.ts";
import type { SlotKey } from "../../ports/outcome-store.ts";
import type { EventSign } from "./read-signs.ts";

/** What a batch adds to one slot. */
export interface FoldedSlot {
  readonly key: SlotKey;
  readonly byStream: SignSlot["byStream"];
  /** Ids of the records it comes from. */
  readonly records: ReadonlySet<string>;
}

/** Folds the signs of a batch (by record id) to one write for each pool, provider, send day and slot. */
export function foldSigns(signs: ReadonlyMap<string, readonly EventSign[]>): readonly FoldedSlot[] {
  const folded = new Map<string, { key: SlotKey; byStream: Map<string, Set<string>>; records: Set<string> }>();
  for (const [record, ofRecord] of signs) {
    for (const sign of ofRecord) {
      const { pool, provider, day } = sign;
      const stream = streamArmText(sign.stream, sign.arm);
      const key = { pool, provider, day, slotMs: slotOf(sign.atMs) };
      const name = `${pool}/${provider}/${day}/${key.slotMs}`;
      const slot = folded.get(name) ?? { key, byStream: new Map(), records: new Set() };
      const texts = slot.byStream.get(stream) ?? new Set<string>();
      texts.add(signText(sign));
      slot.byStream.set(stream, texts);
      slot.records.add(record);
      folded.set(name, slot);
    }
  }
  return [...folded.values()];
}
