import pMap from "p-map";

/**
 * Runs `work` on every item, at most `limit` at once, and waits for all: when it returns or rejects, nothing runs any
 * more, and an item that failed has kept no other from its work.
 * @throws AggregateError with the error of each item that failed
 */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  // p-map takes no limit of 0, which callers come to with no items.
  await pMap(items, (item) => work(item), { concurrency: Math.max(1, limit), stopOnError: false });
}
