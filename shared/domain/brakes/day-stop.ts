import { parseSign, type SignKind, type SignSlot } from "../feedback/sign.ts";
import type { DedicatedRouteKind } from "../routing/route.ts";
import { dayMs, dayNumber, type UtcDay } from "../utc-day.ts";
import { type AdaptiveSettings, endsDay } from "../warm-up/adaptive.ts";
import type { Brake } from "./brake.ts";

/** Names the brake that ends a day; the rules of the configuration have other names. */
export const dayLimitRule = "day-limit";

const refusals: ReadonlySet<SignKind> = new Set(["throttled", "throttled-sure", "blocked", "blocked-sure"]);
const noAnswer: ReadonlySet<SignKind> = new Set(["accepted", "complained", "unclassified"]);

/**
 * The end of a day at one provider: what it refuses shows that the day's capacity is used up, and more mail would only
 * be refused as well. For pools that ramp by what is refused; a trickle stays.
 * @param slots - signs of the mail admitted that day
 */
export function dayStop(
  settings: AdaptiveSettings,
  route: DedicatedRouteKind,
  day: UtcDay,
  slots: readonly SignSlot[],
): Brake | undefined {
  const answered = new Set<string>();
  const refused = new Set<string>();
  let sinceMs = Number.POSITIVE_INFINITY;
  for (const { slotMs, byStream } of slots) {
    for (const text of [...byStream.values()].flatMap((texts) => [...texts])) {
      const sign = parseSign(text);
      if (sign?.route !== route || noAnswer.has(sign.kind)) continue;
      answered.add(sign.mail);
      if (!refusals.has(sign.kind)) continue;
      refused.add(sign.mail);
      sinceMs = Math.min(sinceMs, slotMs);
    }
  }
  if (!endsDay(settings, refused.size, answered.size)) return undefined;
  return {
    step: "stop",
    rule: dayLimitRule,
    level: 1,
    trickles: true,
    sinceMs,
    untilMs: (dayNumber(day) + 1) * dayMs,
    why: `${refused.size} of ${answered.size} answers of the day refused: its capacity is used up`,
  };
}

/** Of two brakes the harder one, then the one that lasts longer. */
export function harder(one: Brake | undefined, other: Brake | undefined): Brake | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.step !== other.step) return one.step === "stop" ? one : other;
  return one.untilMs >= other.untilMs ? one : other;
}
