import { isDedicated, type Route, routesOf } from "../../domain/routing/route.ts";
import type { HoldReason, Outcome } from "../../domain/sending/outcome.ts";
import type { Batch, DispatchPorts, DispatchSettings } from "./dispatch-ports.ts";
import type { Admitted } from "./work.ts";

/** Held mail goes back to the send queue this long before its `sendBefore`, so that it still leaves in time, ms. */
const leaveBeforeMs = 10 * 60_000;

/** The moment until which a message may wait for room, epoch ms; undefined when it may not wait (any more). */
function mayWaitUntilMs({ nowMs }: Batch, { record, stream }: Admitted): number | undefined {
  if (stream.whenFull === "overflow") return undefined;
  const last = record.enqueuedAtMs + stream.longestHoldMs;
  const untilMs = Math.min(last, (record.message.sendBefore ?? Number.POSITIVE_INFINITY) - leaveBeforeMs);
  return untilMs > nowMs ? untilMs : undefined;
}

/** Routes open to a message now: while it may still wait for its own IPs, shared IPs are not among them. */
export function openRoutes({ pools }: DispatchSettings, batch: Batch, work: Admitted): readonly Route[] {
  const routes = routesOf(work.stream, pools);
  return mayWaitUntilMs(batch, work) === undefined ? routes : routes.filter(isDedicated);
}

/**
 * Keeps a message that found no room. One that may not wait any more and yet has no route left (shared IPs are
 * forbidden) is held for another round: it never leaves by other IPs and never expires in silence.
 */
export async function holdForRoom(ports: DispatchPorts, batch: Batch, work: Admitted): Promise<Outcome> {
  const untilMs = mayWaitUntilMs(batch, work) ?? batch.nowMs + work.stream.longestHoldMs;
  return hold(ports, work, { because: "no-room", notBeforeMs: batch.nowMs, untilMs });
}

/** Keeps a message until its `sendAfter`. */
export async function holdForTime(ports: DispatchPorts, work: Admitted, sendAfterMs: number): Promise<Outcome> {
  return hold(ports, work, { because: "send-after", notBeforeMs: sendAfterMs, untilMs: sendAfterMs });
}

interface Wait {
  readonly because: HoldReason;
  readonly notBeforeMs: number;
  readonly untilMs: number;
}

async function hold({ held }: DispatchPorts, { record, stream, demand }: Admitted, wait: Wait): Promise<Outcome> {
  const { message, body, enqueuedAtMs } = record;
  const [provider = "other"] = demand.keys();
  // The recently engaged leave first (guide row 13); mail without a date is last.
  const priority = message.engagement?.lastEngagedAt ?? 0;
  await held.hold({ ...wait, id: message.id, body, pool: stream.pool ?? "shared", provider, enqueuedAtMs, priority });
  return { kind: "held", because: wait.because, untilMs: wait.untilMs };
}
