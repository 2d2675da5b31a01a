import { chanceRank } from "../../domain/feedback/arm.ts";
import { poolChoiceOf } from "../../domain/routing/choose-pool.ts";
import { otherProvider } from "../../domain/routing/mailbox-provider.ts";
import { anotherRoundUntilMs } from "../../domain/routing/may-wait.ts";
import { sharedRouteName } from "../../domain/routing/route.ts";
import { stopToSitOut } from "../../domain/routing/route-search.ts";
import type { Outcome } from "../../domain/sending/outcome.ts";
import { dayMs } from "../../domain/utc-day.ts";
import type { Batch } from "./dispatch-ports.ts";
import { parkBehind } from "./park-stopped.ts";
import { toRoute } from "./stops.ts";
import type { Admitted, Dispatch, Undecided } from "./work.ts";

/**
 * Keeps a message that no route takes now. One that may wait for its own IPs is held for room; any other waits no longer
 * than a circuit that keeps it from a route: it is parked. What may not wait, and has no way out that opens by itself
 * (shared IPs are forbidden, or a wall stands), is held for another round.
 */
export async function keepWithoutRoute(dispatch: Dispatch, { work, search }: Undecided): Promise<Outcome> {
  const { ports, batch } = dispatch;
  const { passedOver } = search;
  const mail = toRoute(batch, work);
  const circuit = stopToSitOut(mail, search);
  if (circuit !== undefined) return parkBehind(ports, batch, { work, circuit, passedOver });
  const because = passedOver.some((each) => each.because === "wall") ? "wall" : "no-room";
  const untilMs = mail.mayWaitUntilMs ?? anotherRoundUntilMs(work.stream, work.times, batch.nowMs);
  return hold(dispatch, work, { because, untilMs, passedOver });
}

/** Keeps a message until its `sendAfter`, epoch ms. */
export async function holdForTime(dispatch: Dispatch, work: Admitted, sendAfterMs: number): Promise<Outcome> {
  return hold(dispatch, work, { because: "send-after", untilMs: sendAfterMs, passedOver: [] });
}

async function hold(
  { ports, settings, batch }: Dispatch,
  work: Admitted,
  { because, untilMs, passedOver }: Omit<Extract<Outcome, { kind: "held" }>, "kind">,
): Promise<Outcome> {
  const { record, position, stream, demand, names, times } = work;
  const { message, body, enqueuedAtMs } = record;
  const [provider = otherProvider] = demand.keys();
  const kept = {
    because,
    untilMs,
    holdId: `${batch.id}-${position}`,
    id: message.id,
    stream: stream.name,
    pool: stream.pool ?? sharedRouteName,
    provider,
    demand,
    enqueuedAtMs,
    priority: priorityOf(batch, work),
    routing: {
      poolChoice: poolChoiceOf(settings.streams.get(stream.name) ?? stream),
      names,
      sendAfterMs: times.sendAfterMs,
      sendBeforeMs: times.sendBeforeMs,
    },
  };
  await ports.held.hold(kept, body);
  return { kind: "held", because, untilMs, passedOver };
}

/** A trial stands anywhere among mail engaged within this time, ms: no better and no worse than the list. */
const trialSpreadMs = 180 * dayMs;

/** The recently engaged leave first (guide row 13); a date that is still to come is not believed. */
function priorityOf({ nowMs }: Batch, { arm, record: { message } }: Admitted): number {
  if (arm === "trial") return Math.floor(nowMs - chanceRank(message.id) * trialSpreadMs);
  return Math.min(message.engagement?.lastEngagedAt ?? 0, nowMs);
}
