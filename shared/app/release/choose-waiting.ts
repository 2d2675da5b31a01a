import { passText } from "../../domain/routing/passed-over.ts";
import type { HeldMessage } from "../../ports/held-mail.ts";
import { bestFirst } from "./best-first.ts";
import { HeldList } from "./held-list.ts";
import type { ReleaseRun } from "./release-run.ts";
import { findWayOut, type WayOut } from "./way-out.ts";

/** What one run found of a pool's mail that waits for a route. */
export interface Choice {
  /** The best that may leave now. */
  readonly chosen: readonly HeldMessage[];
  readonly lookedAt: number;
  /** Those that stay, by the first reason of each. */
  readonly stay: Readonly<Record<string, number>>;
  /** Where the next run goes on, by provider. */
  readonly places: ReadonlyMap<string, string>;
}

/** Part of a run's time in which it may look for mail; the rest is for putting it back. */
const lookingPart = 0.5;

/** What a run knows of a pool before it looks at what waits there. */
export interface Waiting {
  /** Providers with mail that waits. */
  readonly providers: readonly string[];
  /** Where the run before left off, by provider. */
  readonly leftOff: ReadonlyMap<string, string>;
  /** Holdings that are on their way already. */
  readonly due: ReadonlySet<string>;
}

/** Chooses, the best first, the messages that a route is open to now. */
export async function chooseWaiting(run: ReleaseRun, pool: string, waiting: Waiting): Promise<Choice> {
  const { ports, limits } = run;
  const lists = waiting.providers.map((provider): [string, HeldList] => [
    provider,
    new HeldList(
      (from) => ports.held.waiting(pool, provider, limits.page, from),
      limits,
      waiting.leftOff.get(provider),
    ),
  ]);
  const found = await lookThrough(
    run,
    lists.map(([, list]) => list),
    waiting.due,
  );
  const places = lists.flatMap(([provider, { place }]): [string, string][] => (place ? [[provider, place]] : []));
  return { ...found, lookedAt: lists.reduce((sum, [, list]) => sum + list.lookedAt, 0), places: new Map(places) };
}

async function lookThrough(
  run: ReleaseRun,
  lists: readonly HeldList[],
  due: ReadonlySet<string>,
): Promise<Pick<Choice, "chosen" | "stay">> {
  const lookUntilMs = run.nowMs + lookingPart * (run.deadlineMs - run.nowMs);
  const chosen = new Map<string, HeldMessage>();
  const stay: Record<string, number> = {};
  for await (const message of bestFirst(lists)) {
    if (chosen.size === run.limits.atOnce || run.ports.clock.nowMs() >= lookUntilMs) break;
    if (due.has(message.holdId) || chosen.has(message.holdId)) continue;
    const reason = whyItStays(await findWayOut(run, message));
    if (reason === undefined) chosen.set(message.holdId, message);
    else stay[reason] = (stay[reason] ?? 0) + 1;
  }
  return { chosen: [...chosen.values()], stay };
}

/** The first reason of a message without a way out; undefined when it has one. */
function whyItStays(way: WayOut): string | undefined {
  if (way.kind !== "none") return undefined;
  const [first] = way.passedOver;
  return first === undefined ? "no_route" : passText(first);
}
