import { type SetAside, setAsideName } from "../../shared/domain/set-aside/set-aside.ts";
import type { SetAsideStore } from "../../shared/ports/set-aside-store.ts";
import { noonMs } from "./builders.ts";

const dayMs = 86_400_000;

/** A message in quarantine since noon. */
export function aSetAside(changes: Partial<SetAside> = {}): SetAside {
  const { atMs = noonMs, name = setAsideName(atMs, "sqs-1") } = changes;
  return {
    place: "quarantine",
    queue: "send",
    id: "order-1",
    stream: "news",
    code: "unknown-stream",
    sentence: 'Stream "nws" is not one of this deployment: use one of news.',
    enqueuedAtMs: atMs - 1_000,
    keptUntilMs: atMs + 90 * dayMs,
    body: { name, pieces: 1 },
    ...changes,
    atMs,
    name,
  };
}

/** Everything listed in a place. */
export async function listed(
  store: Pick<SetAsideStore, "list">,
  place: SetAside["place"],
  nowMs = noonMs,
): Promise<SetAside[]> {
  const all: SetAside[] = [];
  for await (const page of store.list(place, nowMs)) all.push(...page);
  return all;
}
