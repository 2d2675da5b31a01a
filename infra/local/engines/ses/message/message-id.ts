import { draw } from "../../../../../shared/domain/provider-model/draw.ts";

/** A message id in the form of SES; the n-th message of a run always gets the same one at the same time. */
export function messageIdOf(seed: number, n: number, nowMs: number): string {
  const hex = (purpose: number, digits: number): string =>
    Math.floor(draw(seed, n, purpose) * 2 ** 32)
      .toString(16)
      .padStart(8, "0")
      .slice(0, digits);
  const time = Math.floor(nowMs).toString(16).padStart(12, "0");
  // The number itself is in the id: two messages of one run can never share one.
  const tail = n.toString(16).padStart(8, "0");
  return `0100${time}-${hex(30, 8)}-${hex(31, 4)}-4${hex(32, 3)}-8${hex(33, 3)}-${hex(34, 4)}${tail}-000000`;
}
