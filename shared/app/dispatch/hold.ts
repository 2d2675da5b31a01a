import { chanceRank, routesInArm } from "../../domain/feedback/arm.ts";
import { routesUnder } from "../../domain/quality/routes-under.ts";
import type { WallLevel } from "../../domain/quality/wall.ts";
import { otherProvider } from "../../domain/routing/mailbox-provider.ts";
import { isDedicated, type Route, routesOf, sharedRouteName } from "../../domain/routing/route.ts";
import type { HoldReason, Outcome } from "../../domain/sending/outcome.ts";
import { dayMs } from "../../domain/utc-day.ts";
import type { Batch, DispatchPorts, DispatchSettings } from "./dispatch-ports.ts";
import type { Admitted } from "./work.ts";

/** Held mail goes back to the send queue this long before its `sendBefore`, so that it still leaves in time, ms. */
const leaveBeforeMs = 10 * 60_000;

/** The moment until which a message may wait for room, epoch ms; undefined when it may not wait (any more). */
function mayWaitUntilMs({ nowMs }: Batch, { record, stream }: Admitted): number | undefined {
  if (stream.whenFull === "overflow" || stream.pool === undefined) return undefined;
  const { sendAfter = 0, sendBefore = Number.POSITIVE_INFINITY } = record.message;
  const lastMs = Math.max(record.enqueuedAtMs, sendAfter) + stream.longestHoldMs;
  const untilMs = Math.min(lastMs, sendBefore - leaveBeforeMs);
  return untilMs > nowMs ? untilMs : undefined;
}

/**
 * Routes open to a message now, best first: those that its stream's wall leaves, and while it may still wait for its own
 * IPs no shared ones.
 */
export function openRoutes(
  { pools }: DispatchSettings,
  batch: Batch,
  work: Admitted,
  wall: WallLevel | undefined,
): readonly Route[] {
  const { stream, arm } = work;
  const routes = routesInArm(arm, routesUnder(stream.pool, wall, routesOf(stream, pools)));
  // The control is there to leave by other IPs: it waits for none.
  const waits = arm !== "control" && mayWaitUntilMs(batch, work) !== undefined;
  return waits ? routes.filter(isDedicated) : routes;
}

/**
 * Keeps a message that found no room. One that may not wait any more and yet has no route left (shared IPs are
 * forbidden, or a wall stands) is held for another round: it never leaves by other IPs and never expires in silence.
 */
export async function holdForRoom(ports: DispatchPorts, batch: Batch, work: Admitted): Promise<Outcome> {
  const anotherRoundMs = batch.nowMs + work.stream.longestHoldMs;
  const untilMs =
    mayWaitUntilMs(batch, work) ?? Math.min(anotherRoundMs, work.record.message.sendBefore ?? anotherRoundMs);
  return hold(ports, batch, work, { because: "no-room", untilMs });
}

/** Keeps a message until its `sendAfter`, epoch ms. */
export async function holdForTime(
  ports: DispatchPorts,
  batch: Batch,
  work: Admitted,
  sendAfterMs: number,
): Promise<Outcome> {
  return hold(ports, batch, work, { because: "send-after", untilMs: sendAfterMs });
}

async function hold(
  { held }: DispatchPorts,
  batch: Batch,
  work: Admitted,
  wait: { readonly because: HoldReason; readonly untilMs: number },
): Promise<Outcome> {
  const { record, position, stream, demand } = work;
  const { message, body, enqueuedAtMs } = record;
  const [provider = otherProvider] = demand.keys();
  const kept = {
    ...wait,
    holdId: `${batch.id}-${position}`,
    id: message.id,
    stream: stream.name,
    pool: stream.pool ?? sharedRouteName,
    provider,
    demand,
    enqueuedAtMs,
    priority: priorityOf(batch, work),
  };
  await held.hold(kept, body);
  return { kind: "held", because: wait.because, untilMs: wait.untilMs };
}

/** A trial stands anywhere among mail engaged within this time, ms: no better and no worse than the list. */
const trialSpreadMs = 180 * dayMs;

/** The recently engaged leave first (guide row 13); a date that is still to come is not believed. */
function priorityOf({ nowMs }: Batch, { arm, record: { message } }: Admitted): number {
  if (arm === "trial") return Math.floor(nowMs - chanceRank(message.id) * trialSpreadMs);
  return Math.min(message.engagement?.lastEngagedAt ?? 0, nowMs);
}
