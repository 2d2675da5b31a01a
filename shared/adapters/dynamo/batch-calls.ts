import type { Wait } from "../../ports/wait.ts";

/** Waits before DynamoDB is asked again for what it left undone, ms. Short: a batch of mail waits for the answer. */
const leftOverWaitsMs = [30, 120, 400];

/** Parts of at most so many, in their order. */
export function chunks<Part>(parts: readonly Part[], size: number): Part[][] {
  const count = Math.ceil(parts.length / size);
  return Array.from({ length: count }, (_, index) => parts.slice(index * size, (index + 1) * size));
}

/**
 * Asks again for what was left undone, which DynamoDB does under load without an error: the keys or items a batch call
 * calls unprocessed.
 * @param ask - returns what is still open
 * @throws when something is open after the last wait
 */
export async function untilDone<Part>(
  wait: Wait,
  parts: readonly Part[],
  ask: (open: Part[]) => Promise<Part[]>,
): Promise<void> {
  let open = await ask([...parts]);
  for (const waitMs of leftOverWaitsMs) {
    if (open.length === 0) return;
    await wait(waitMs * (0.5 + Math.random()));
    open = await ask(open);
  }
  if (open.length > 0) throw new Error(`DynamoDB left ${open.length} of ${parts.length} items undone`);
}
