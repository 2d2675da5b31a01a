import { sharedRouteName } from "../../domain/routing/route.ts";
import type { Stream } from "../../domain/routing/stream.ts";
import type { OriginQueue, SetAside, SetAsidePlace } from "../../domain/set-aside/set-aside.ts";
import type { SendQueue } from "../../ports/send-queue.ts";
import type { SetAsideStore } from "../../ports/set-aside-store.ts";
import { type ClockPorts, trustClock } from "../clock/trust-clock.ts";
import { type ActPorts, keepAct } from "../operator/keep-act.ts";

export interface RequeuePorts extends ClockPorts, ActPorts {
  readonly setAside: Pick<SetAsideStore, "list" | "body" | "remove">;
  /** The queues that entries go back to; undefined where the address is not known. */
  readonly origins: Readonly<Record<OriginQueue, SendQueue | undefined>>;
}

/** What an operator wants back. */
export interface RequeueRequest {
  readonly place: SetAsidePlace;
  /** Business ids, or names of entries. */
  readonly named: readonly string[];
  /** Who the audit names. */
  readonly by: string;
}

/** What became of one entry. */
export interface Requeued {
  readonly entry: SetAside;
  readonly result: "requeued" | "refused";
  /** In words. */
  readonly says: string;
}

/**
 * Puts entries back on the queue they came from, with their first time, and takes them off the list. Safe to repeat: what
 * was put back twice meets one claim, and an SES event counts once.
 * @param streams - of the deployment, by name: what went back is audited at its stream's pool
 * @returns what became of each entry found, and the names nothing was found under
 * @throws WrongClockError when this clock is not to be trusted, before anything is changed
 */
export async function requeue(
  ports: RequeuePorts,
  streams: ReadonlyMap<string, Pick<Stream, "pool">>,
  { place, named, by }: RequeueRequest,
): Promise<{ readonly entries: readonly Requeued[]; readonly unknown: readonly string[] }> {
  await trustClock(ports);
  const found: SetAside[] = [];
  for await (const page of ports.setAside.list(place, ports.clock.nowMs())) {
    found.push(...page.filter((entry) => isNamed(entry, named)));
  }
  const entries: Requeued[] = [];
  try {
    for (const entry of found) entries.push({ entry, ...(await putBack(ports, entry)) });
  } finally {
    await tell(ports, streams, { by, place, entries });
  }
  return { entries, unknown: named.filter((each) => !found.some((entry) => isNamed(entry, [each]))) };
}

function isNamed({ id, name }: SetAside, named: readonly string[]): boolean {
  return named.includes(name) || (id !== undefined && named.includes(id));
}

/** Which messages went back is not kept: their ids are the application's. */
async function tell(
  ports: RequeuePorts,
  streams: ReadonlyMap<string, Pick<Stream, "pool">>,
  { by, place, entries }: { by: string; place: SetAsidePlace; entries: readonly Requeued[] },
): Promise<void> {
  const atMs = ports.clock.nowMs();
  const back = entries.filter(({ result }) => result === "requeued").map(({ entry }) => entry);
  const byPool = Map.groupBy(back, ({ stream = "" }) => streams.get(stream)?.pool ?? sharedRouteName);
  for (const [pool, those] of byPool) {
    const queues = [...Map.groupBy(those, ({ queue }) => queue)].map(([queue, { length }]) => `${queue} ${length}`);
    const says = `put back from ${place} on the queue it came from: ${queues.join(", ")}`;
    await keepAct(ports, { atMs, by, pool, action: `requeue-${place}`, says });
  }
}

async function putBack({ clock, setAside, origins }: RequeuePorts, entry: SetAside): Promise<Omit<Requeued, "entry">> {
  const { queue } = entry;
  const refused = (says: string) => ({ result: "refused" as const, says });
  if (entry.body === undefined) return refused("there is no body to put back: send it again under a new id");
  const origin = origins[queue];
  if (origin === undefined)
    return refused(`the deployment file does not name the ${queue} queue: add ${queue}QueueUrl`);
  const body = await setAside.body(entry);
  if (body === undefined) return refused("a part of its body is missing: send it again under a new id");
  try {
    await origin.enqueue({ body, enqueuedAtMs: entry.enqueuedAtMs ?? clock.nowMs() });
  } catch (error) {
    return refused(`the ${queue} queue did not take it: ${error instanceof Error ? error.message : String(error)}`);
  }
  // Last: an entry that is still listed can be put back again, one that is lost cannot.
  await setAside.remove(entry);
  return { result: "requeued", says: `is on the ${queue} queue again` };
}
