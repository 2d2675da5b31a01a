import { streamArmText } from "../../domain/feedback/arm.ts";
import { type SignSlot, signText, slotOf } from "../../domain/feedback/sign.ts";
import type { SignsKey } from "../../ports/outcome-store.ts";
import type { EventSign } from "./read-signs.ts";

/** What a batch says of the mail of one pool and send day. */
export interface FoldedDay {
  readonly key: SignsKey;
  readonly slots: readonly SignSlot[];
  /** Ids of the records it comes from. */
  readonly records: ReadonlySet<string>;
}

interface Slot extends SignSlot {
  readonly byStream: Map<string, Set<string>>;
}

interface Folding {
  readonly key: SignsKey;
  readonly slots: Map<string, Slot>;
  readonly records: Set<string>;
}

/** Folds the signs of a batch (by record id) to one write for each pool and send day. */
export function foldSigns(signs: ReadonlyMap<string, readonly EventSign[]>): readonly FoldedDay[] {
  const folded = new Map<string, Folding>();
  for (const [record, ofRecord] of signs) {
    for (const sign of ofRecord) {
      const { pool, day } = sign;
      const name = `${pool}/${day}`;
      const folding: Folding = folded.get(name) ?? { key: { pool, day }, slots: new Map(), records: new Set() };
      folded.set(name, folding);
      folding.records.add(record);
      textsOf(folding, sign).add(signText(sign));
    }
  }
  return [...folded.values()].map(({ key, slots, records }) => ({ key, slots: [...slots.values()], records }));
}

function textsOf({ slots }: Folding, { provider, stream, arm, atMs }: EventSign): Set<string> {
  const slotMs = slotOf(atMs);
  const name = `${slotMs}/${provider}`;
  const { byStream } = slots.get(name) ?? { byStream: new Map<string, Set<string>>() };
  slots.set(name, { provider, slotMs, byStream });
  const streamArm = streamArmText(stream, arm);
  const texts = byStream.get(streamArm) ?? new Set<string>();
  byStream.set(streamArm, texts);
  return texts;
}
