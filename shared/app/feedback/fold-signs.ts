import { streamArmText } from "../../domain/feedback/arm.ts";
import { signText, slotOf } from "../../domain/feedback/sign.ts";
import type { SignsByProvider, SlotKey } from "../../ports/outcome-store.ts";
import type { EventSign } from "./read-signs.ts";

/** What a batch adds to one slot. */
export interface FoldedSlot {
  readonly key: SlotKey;
  readonly signs: SignsByProvider;
  /** Ids of the records it comes from. */
  readonly records: ReadonlySet<string>;
}

interface Folding {
  readonly key: SlotKey;
  readonly signs: Map<string, Map<string, Set<string>>>;
  readonly records: Set<string>;
}

/** Folds the signs of a batch (by record id) to one write for each pool, send day and slot. */
export function foldSigns(signs: ReadonlyMap<string, readonly EventSign[]>): readonly FoldedSlot[] {
  const folded = new Map<string, Folding>();
  for (const [record, ofRecord] of signs) {
    for (const sign of ofRecord) {
      const key = { pool: sign.pool, day: sign.day, slotMs: slotOf(sign.atMs) };
      const name = `${key.pool}/${key.day}/${key.slotMs}`;
      const slot: Folding = folded.get(name) ?? { key, signs: new Map(), records: new Set() };
      textsOf(slot, sign).add(signText(sign));
      slot.records.add(record);
      folded.set(name, slot);
    }
  }
  return [...folded.values()];
}

function textsOf({ signs }: Folding, { provider, stream, arm }: EventSign): Set<string> {
  const byStream = signs.get(provider) ?? new Map<string, Set<string>>();
  signs.set(provider, byStream);
  const name = streamArmText(stream, arm);
  const texts = byStream.get(name) ?? new Set<string>();
  byStream.set(name, texts);
  return texts;
}
