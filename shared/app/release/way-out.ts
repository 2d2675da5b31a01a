import { sampleOf } from "../../domain/feedback/arm.ts";
import { poolChoiceOf, streamByPool } from "../../domain/routing/choose-pool.ts";
import { mayWaitUntilMs } from "../../domain/routing/may-wait.ts";
import type { PassedOver } from "../../domain/routing/passed-over.ts";
import { isDedicated, sharedRouteName } from "../../domain/routing/route.ts";
import { type Deployment, type MailToRoute, passOver, startSearch } from "../../domain/routing/route-search.ts";
import type { Stream } from "../../domain/routing/stream.ts";
import type { HeldMessage } from "../../ports/held-mail.ts";
import type { ReleaseRun } from "./release-run.ts";

/** What a held message may do now. */
export type WayOut =
  | { readonly kind: "open" }
  /** Its stream is gone, or chooses pools otherwise than when it was held: the dispatcher decides anew. */
  | { readonly kind: "decided-anew" }
  | { readonly kind: "none"; readonly passedOver: readonly PassedOver[] };

/** Searches a route for a held message, as the dispatcher would, and takes the room for it that the run has seen. */
export async function findWayOut(
  { deployment, stops, room, nowMs }: Pick<ReleaseRun, "deployment" | "stops" | "room" | "nowMs">,
  message: HeldMessage,
): Promise<WayOut> {
  const mail = mailToRoute(deployment, message, nowMs);
  if (mail === undefined) return { kind: "decided-anew" };
  let search = startSearch(deployment, mail, stops);
  while (search.next !== undefined) {
    const full = isDedicated(search.next) ? await room.take(search.next, message.demand) : undefined;
    if (full === undefined) return { kind: "open" };
    search = passOver(search, full);
  }
  return { kind: "none", passedOver: search.passedOver };
}

/** What decides a held message's routes by the configuration of today; undefined when that may give it another pool. */
function mailToRoute({ streams }: Deployment, message: HeldMessage, nowMs: number): MailToRoute | undefined {
  const configured = streams.get(message.stream);
  if (configured === undefined) return undefined;
  const { id, routing } = message;
  const pool = message.pool === sharedRouteName ? undefined : message.pool;
  const isAsBefore =
    routing === undefined
      ? streamByPool(configured).some((each) => each.pool === pool)
      : routing.poolChoice === poolChoiceOf(configured);
  if (!isAsBefore) return undefined;
  const stream = { ...configured, pool };
  const names = routing?.names ?? {};
  return { stream, arm: sampleOf(stream, id), names, mayWaitUntilMs: waitOf(stream, message, nowMs) };
}

function waitOf(stream: Stream, { enqueuedAtMs, untilMs, routing }: HeldMessage, nowMs: number): number | undefined {
  if (routing !== undefined) return mayWaitUntilMs(stream, { enqueuedAtMs, ...routing }, nowMs);
  // A version before kept no times: until when it was held is all that is known.
  return stream.whenFull === "overflow" || stream.pool === undefined ? undefined : untilMs;
}
