import { draw, textKey } from "../provider-model/draw.ts";
import type { Route } from "../routing/route.ts";
import type { Stream } from "../routing/stream.ts";

/**
 * Which random sample a message belongs to. `trial` goes the usual way, held mail by chance instead of by engagement.
 * `control` keeps off warming IPs, and shows what the same list meets on others. `none`: neither.
 */
export type Arm = "trial" | "control" | "none";

/** Purposes of `draw`, so that two numbers drawn of one id have nothing to do with each other. */
const armPurpose = 1;
const rankPurpose = 2;

/**
 * The arm of a message: always the same for its business id.
 * @param share - fraction of all messages in both samples together, 0 to 0.5; half of it for each
 */
export function armOf(id: string, share: number): Arm {
  const drawn = draw(textKey(id), armPurpose);
  if (drawn >= share) return "none";
  return drawn < share / 2 ? "trial" : "control";
}

/** The arm of a stream's message. Mail without a pool has nothing to compare. @param stream - with the pool that the message has */
export function sampleOf({ pool, referenceShare }: Stream, id: string): Arm {
  return pool === undefined ? "none" : armOf(id, referenceShare);
}

/** Where a message stands by chance, in [0, 1). */
export function chanceRank(id: string): number {
  return draw(textKey(id), rankPurpose);
}

/** The routes of a message, best first: the control takes a warming route only where no other is left. */
export function routesInArm(arm: Arm, routes: readonly Route[]): readonly Route[] {
  if (arm !== "control") return routes;
  const isWarming = ({ kind }: Route): boolean => kind === "warming";
  return [...routes.filter((route) => !isWarming(route)), ...routes.filter(isWarming)];
}

/**
 * The sample that a message counts in once its route is known: a control that went by warming IPs, or by those of
 * another pool, shows nothing.
 */
export function armOnRoute(arm: Arm, route: Route, pool: string | undefined): Arm {
  return arm === "control" && (route.kind === "warming" || route.pool !== pool) ? "none" : arm;
}

/** Stands between a stream's name and its arm; no name has it. */
const armMark = "~";

/** A stream and its arm as signs are kept under. */
export function streamArmText(stream: string, arm: Arm): string {
  return arm === "none" ? stream : `${stream}${armMark}${arm}`;
}

/** The reverse; signs that were kept before there were arms are in none. */
export function parseStreamArm(text: string): { readonly stream: string; readonly arm: Arm } {
  const [stream = "", arm] = text.split(armMark);
  return { stream, arm: parseArm(arm) };
}

/** An arm as it was written; anything else is none. */
export function parseArm(text: string | undefined): Arm {
  return text === "trial" || text === "control" ? text : "none";
}
