import { draw, textKey } from "../../../../../shared/domain/provider-model/draw.ts";
import type { Message } from "../state/messages.ts";

/** Id of a report, in the form of SES; the same report always has the same one. */
export function feedbackId(message: Message, recipient: string, nowMs: number): string {
  const part = (purpose: number): string =>
    Math.floor(draw(textKey(message.messageId), textKey(recipient), purpose) * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  const time = Math.floor(nowMs).toString(16).padStart(12, "0");
  const [a, b] = [part(5), part(6)];
  return `0100${time}-${a}-${b.slice(0, 4)}-4${b.slice(5, 8)}-8${a.slice(1, 4)}-${part(7)}${part(8).slice(0, 4)}-000000`;
}
