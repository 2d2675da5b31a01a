import type { HeldMessage } from "../../ports/held-mail.ts";
import type { HeldList } from "./held-list.ts";

interface First {
  readonly list: HeldList;
  readonly message: HeldMessage;
}

/** The messages of several lists as one, the best first, then who waits longest. */
export async function* bestFirst(lists: readonly HeldList[]): AsyncGenerator<HeldMessage> {
  for (;;) {
    let best: First | undefined;
    for (const list of lists) {
      const message = await list.first();
      if (message !== undefined && (best === undefined || isBefore(message, best.message))) best = { list, message };
    }
    if (best === undefined) return;
    yield best.message;
    best.list.pass();
  }
}

function isBefore(one: HeldMessage, other: HeldMessage): boolean {
  return one.priority === other.priority ? one.enqueuedAtMs < other.enqueuedAtMs : one.priority > other.priority;
}
