import type { Item } from "../aws/attribute-values.ts";
import type { Mail } from "../system/workload.ts";
import type { WallWatch } from "./wall-watch.ts";

/** Streams of which mail waits for nothing but a wall. Written out, as in sets-of-mail.ts. */
const overflowing = new Set(["news", "alerts"]);

/** What is wrong with a holding; undefined when nothing is. @param mails - all under its id */
export function holdingFault(item: Item, mails: readonly Mail[], walls: WallWatch): string | undefined {
  const [stream, untilMs] = [item.stream?.S ?? "", Number(item.untilMs?.N)];
  if (item.sk?.S?.startsWith("room#") !== true) return undefined;
  if (overflowing.has(stream) && !walls.everStood(stream)) return "held for room, though its stream overflows";
  const isPast = mails.length > 0 && mails.every((mail) => untilMs > sendBeforeMs(mail));
  return isPast ? "held beyond its sendBefore" : undefined;
}

function sendBeforeMs({ body }: Mail): number {
  const [, text] = /"sendBefore":"([^"]+)"/.exec(body) ?? [];
  return text === undefined ? Number.POSITIVE_INFINITY : Date.parse(text);
}
