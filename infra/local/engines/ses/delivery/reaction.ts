import { draw, textKey } from "../../../../../shared/domain/provider-model/draw.ts";
import type { Message } from "../state/messages.ts";
import { isSimulator, simulatorName } from "./simulator.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Programs answer this long after delivery. */
const awayMs = { from: minuteMs, to: 30 * minuteMs } as const;
/** Complaints come this long after delivery. */
const complaintMs = { from: 2 * hourMs, to: 12 * hourMs } as const;

/** Chance of one mail to one recipient: the same after a restart. */
export function luck({ messageId }: Pick<Message, "messageId">, recipient: string, what: number): number {
  return draw(textKey(recipient), textKey(messageId), what);
}

/** Fractions of delivered mail. */
export interface ReactionRates {
  /** Answered by a program for its reader, who is away. */
  readonly away: number;
  readonly complaint: number;
}

/** Whether a program answers this mail; whoever has one of these does not complain. */
export function isAway(message: Pick<Message, "messageId">, recipient: string, share: number): boolean {
  if (isSimulator(recipient)) return simulatorName(recipient) === "ooto";
  return luck(message, recipient, 10) < share;
}

/** When a reader, or a program of theirs, reacts to a delivered mail. */
export function reactsInMs(message: Message, recipient: string, rates: ReactionRates): number | undefined {
  const within = ({ from, to }: { from: number; to: number }): number =>
    Math.round(from + luck(message, recipient, 4) * (to - from));
  if (isAway(message, recipient, rates.away)) return within(awayMs);
  return luck(message, recipient, 3) < rates.complaint ? within(complaintMs) : undefined;
}
