import type { OriginQueue, SetAside, SetAsidePlace } from "../../domain/set-aside/set-aside.ts";
import type { Clock } from "../../ports/clock.ts";
import type { SendQueue } from "../../ports/send-queue.ts";
import type { SetAsideStore } from "../../ports/set-aside-store.ts";

export interface RequeuePorts {
  readonly clock: Clock;
  readonly setAside: Pick<SetAsideStore, "list" | "body" | "remove">;
  /** The queues that entries go back to; undefined where the address is not known. */
  readonly origins: Readonly<Record<OriginQueue, SendQueue | undefined>>;
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
 * @param named - business ids, or names of entries
 * @returns what became of each entry found, and the names nothing was found under
 */
export async function requeue(
  ports: RequeuePorts,
  place: SetAsidePlace,
  named: readonly string[],
): Promise<{ readonly entries: readonly Requeued[]; readonly unknown: readonly string[] }> {
  const found: SetAside[] = [];
  for await (const page of ports.setAside.list(place, ports.clock.nowMs())) {
    found.push(...page.filter((entry) => isNamed(entry, named)));
  }
  const entries: Requeued[] = [];
  for (const entry of found) entries.push({ entry, ...(await putBack(ports, entry)) });
  return { entries, unknown: named.filter((each) => !found.some((entry) => isNamed(entry, [each]))) };
}

function isNamed({ id, name }: SetAside, named: readonly string[]): boolean {
  return named.includes(name) || (id !== undefined && named.includes(id));
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
    const { enqueuedAtMs = clock.nowMs(), claimedAtMs } = entry;
    await origin.enqueue({ body, enqueuedAtMs, claimedAtMs });
  } catch (error) {
    return refused(`the ${queue} queue did not take it: ${error instanceof Error ? error.message : String(error)}`);
  }
  // Last: an entry that is still listed can be put back again, one that is lost cannot.
  await setAside.remove(entry);
  return { result: "requeued", says: `is on the ${queue} queue again` };
}
