/** `slow`: fewer recipients an hour, and less in all. `stop`: none, or a trickle. */
export type BrakeStep = "slow" | "stop";

/** A cut of one route's allowance at one provider that ends by itself. */
export interface Brake {
  readonly step: BrakeStep;
  /** The rule that put it on. */
  readonly rule: string;
  /** 1 for the first, one more for each that follows soon after. */
  readonly level: number;
  /** True when the cause is one that heals: a stop then leaves a trickle, so that acceptance can be seen again. */
  readonly trickles: boolean;
  /** Epoch ms. */
  readonly sinceMs: number;
  /** It has no effect from this moment on, epoch ms. */
  readonly untilMs: number;
  /** In words, with the figures that decided. */
  readonly why: string;
}

/** A brake as an allowance carries it. */
export interface BrakeInForce extends Pick<Brake, "step" | "trickles" | "sinceMs" | "untilMs"> {
  /** Recipients used when it was put on. */
  readonly floor: number;
}

const hourMs = 3_600_000;

/** Part of the allowance that a slow brake opens an hour: half of what an even day has. */
const slowPerHour = 0.02;
/** Part of what was left that a slow brake opens in all. */
const slowShare = 0.5;
/** Part of the allowance that a trickle opens an hour. */
const tricklePerHour = 0.001;
/** After a stop the allowance opens slowly for this part of the stop's time: what still refuses shows by few mails. */
const easeShare = 0.5;

/** Recipients an allowance may have used while a brake is in force or eases; the limit itself once that is over. */
export function openUnder(brake: BrakeInForce, limit: number, nowMs: number): number {
  const { step, sinceMs, untilMs } = brake;
  if (step === "slow") return nowMs < untilMs ? slowed(brake, limit, nowMs - sinceMs) : limit;
  if (nowMs < untilMs) return Math.min(limit, brake.floor + trickle(brake, limit, nowMs - sinceMs));
  if (nowMs >= untilMs + easeShare * (untilMs - sinceMs)) return limit;
  const trickled = brake.floor + trickle(brake, limit, untilMs - sinceMs);
  return slowed({ floor: trickled }, limit, nowMs - untilMs);
}

function slowed({ floor }: Pick<BrakeInForce, "floor">, limit: number, passedMs: number): number {
  const most = floor + Math.ceil(Math.max(0, limit - floor) * slowShare);
  return Math.min(limit, most, floor + opened(Math.max(1, limit * slowPerHour), passedMs));
}

function trickle({ trickles }: BrakeInForce, limit: number, passedMs: number): number {
  return trickles ? opened(Math.max(1, limit * tricklePerHour), passedMs) : 0;
}

function opened(perHour: number, passedMs: number): number {
  return Math.floor((perHour * Math.max(0, passedMs)) / hourMs);
}

/** True when both ask for the same: nothing has to be written. */
export function sameBrake(
  one: Pick<Brake, "step" | "sinceMs" | "untilMs"> | undefined,
  other: Pick<Brake, "step" | "sinceMs" | "untilMs"> | undefined,
): boolean {
  return one?.step === other?.step && one?.sinceMs === other?.sinceMs && one?.untilMs === other?.untilMs;
}
