import { routesUnder } from "../../domain/quality/routes-under.ts";
import type { WallLevel } from "../../domain/quality/wall.ts";
import { otherProvider } from "../../domain/routing/mailbox-provider.ts";
import { isDedicated, type Route, routesOf, sharedRouteName } from "../../domain/routing/route.ts";
import type { HoldReason, Outcome } from "../../domain/sending/outcome.ts";
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
  const routes = routesUnder(work.stream, wall, routesOf(work.stream, pools));
  return mayWaitUntilMs(batch, work) === undefined ? routes : routes.filter(isDedicated);
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
  { record, position, stream, demand }: Admitted,
  wait: { readonly because: HoldReason; readonly untilMs: number },
): Promise<Outcome> {
  const { message, body, enqueuedAtMs, fingerprint } = record;
  const [provider = otherProvider] = demand.keys();
  const kept = {
    ...wait,
    holdId: `${batch.id}-${position}`,
    id: message.id,
    fingerprint,
    stream: stream.name,
    pool: stream.pool ?? sharedRouteName,
    provider,
    demand,
    enqueuedAtMs,
    // The recently engaged leave first (guide row 13); a date that is still to come is not believed.
    priority: Math.min(message.engagement?.lastEngagedAt ?? 0, batch.nowMs),
  };
  await held.hold(kept, body);
  return { kind: "held", because: wait.because, untilMs: wait.untilMs };
}
