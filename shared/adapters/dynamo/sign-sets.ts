import { type SignSlot, slotMs } from "../../domain/feedback/sign.ts";
import type { Item } from "./attributes.ts";

/** One attribute of an item: the signs of a stream's mail to a provider in one slot. */
export interface SignSet {
  readonly attribute: string;
  readonly signs: readonly string[];
}

/** Signs are kept in an attribute of this name, with provider, stream and slot behind it. */
const signsMark = "signs";

const radix = 36;

/** A name counts as much as what is kept under it, so the slot is written short. */
export function setsOf(slots: readonly SignSlot[]): SignSet[] {
  return slots.flatMap(({ provider, slotMs: startMs, byStream }) =>
    [...byStream].flatMap(([stream, texts]): SignSet[] => {
      const attribute = `${signsMark}#${provider}#${stream}#${(startMs / slotMs).toString(radix)}`;
      return texts.size === 0 ? [] : [{ attribute, signs: [...texts] }];
    }),
  );
}

/** What an item holds, set by set. */
export function slotsIn(item: Item): SignSlot[] {
  return Object.entries(item).flatMap(([name, { SS: signs }]): SignSlot[] => {
    const [mark, provider = "", stream = "", slot] = name.split("#");
    if (mark !== signsMark || slot === undefined || signs === undefined) return [];
    return [{ provider, slotMs: Number.parseInt(slot, radix) * slotMs, byStream: new Map([[stream, new Set(signs)]]) }];
  });
}
