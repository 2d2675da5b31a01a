import type { Item } from "./attribute-values.ts";

export interface TableShape {
  readonly hasSortKey: boolean;
  /** Items go some time after this moment (epoch s), or never when nobody looks. */
  readonly expiry?: "expiresAt";
  /** Sort key of an index with the table's partition key, by the index's name. */
  readonly indexes?: Readonly<Record<string, string>>;
}

export interface TableTimes {
  /** How long after its time an expired item goes, ms. */
  readonly expiryLagMs: number;
  /** Whether reads may ask for what was there a moment ago. */
  readonly isReplicated: boolean;
}

type Partition = ReadonlyMap<string, Item>;

/** What a key held before its last change. */
interface Change {
  readonly before: Item | undefined;
  readonly atMs: number;
}

/** The items of one table, by partition and sort key. */
export class Table {
  readonly shape: TableShape;
  readonly #partitions = new Map<string, Map<string, Item>>();
  readonly #changes = new Map<string, Map<string, Change>>();
  readonly #expiryLagMs: number;
  readonly #isReplicated: boolean;

  constructor(shape: TableShape, { expiryLagMs, isReplicated }: TableTimes) {
    this.shape = shape;
    this.#expiryLagMs = expiryLagMs;
    this.#isReplicated = isReplicated;
  }

  /** @param lagMs - how old the answer is; 0 for a strongly consistent read */
  get(key: Item, nowMs: number, lagMs = 0): Item | undefined {
    const [pk, sk] = this.#keyOf(key);
    const item = this.#seen(pk, nowMs, lagMs).get(sk);
    return item === undefined || this.#isExpired(item, nowMs) ? undefined : item;
  }

  put(item: Item, nowMs: number): void {
    const [pk, sk] = this.#keyOf(item);
    this.#partition(pk, sk, nowMs).set(sk, item);
  }

  delete(key: Item, nowMs: number): void {
    const [pk, sk] = this.#keyOf(key);
    this.#partition(pk, sk, nowMs).delete(sk);
  }

  /** Items of a partition; of an index those that have its sort key. In order. */
  sorted(pk: string, index: string | undefined, nowMs: number, lagMs = 0): Item[] {
    const attribute = index === undefined ? undefined : this.shape.indexes?.[index];
    const items = [...this.#seen(pk, nowMs, lagMs).values()].filter((item) => !this.#isExpired(item, nowMs));
    const indexed = attribute === undefined ? items : items.filter((item) => item[attribute]?.N !== undefined);
    return indexed.sort(this.order(index));
  }

  /** The order of a partition's items, in the table or in one of its indexes. */
  order(index: string | undefined): (one: Item, other: Item) => number {
    if (index === undefined) return bySortKey;
    const attribute = this.shape.indexes?.[index];
    if (attribute === undefined) throw new SyntaxError(`the table has no index ${index}`);
    return (one, other) => Number(one[attribute]?.N) - Number(other[attribute]?.N) || bySortKey(one, other);
  }

  /** Every item whose partition key begins so. */
  withPrefix(prefix: string): Item[] {
    return [...this.#partitions].flatMap(([pk, items]) => (pk.startsWith(prefix) ? [...items.values()] : []));
  }

  /** A partition that is about to change at a key. */
  #partition(pk: string, sk: string, atMs: number): Map<string, Item> {
    const partition = this.#partitions.get(pk) ?? new Map<string, Item>();
    this.#partitions.set(pk, partition);
    if (!this.#isReplicated) return partition;
    const changes = this.#changes.get(pk) ?? new Map<string, Change>();
    this.#changes.set(pk, changes);
    changes.set(sk, { before: partition.get(sk), atMs });
    return partition;
  }

  /** A partition as a replica shows it that lags behind: what changed since then is as it was before. */
  #seen(pk: string, nowMs: number, lagMs: number): Partition {
    const partition = this.#partitions.get(pk) ?? noItems;
    if (lagMs === 0) return partition;
    const seen = new Map(partition);
    for (const [sk, { before, atMs }] of this.#changes.get(pk) ?? []) {
      if (atMs <= nowMs - lagMs) continue;
      if (before === undefined) seen.delete(sk);
      else seen.set(sk, before);
    }
    return seen;
  }

  #isExpired(item: Item, nowMs: number): boolean {
    const { expiry } = this.shape;
    const atSeconds = expiry === undefined ? undefined : item[expiry]?.N;
    return atSeconds !== undefined && Number(atSeconds) * 1000 + this.#expiryLagMs < nowMs;
  }

  #keyOf(key: Item): [string, string] {
    const [pk, sk] = [key.pk?.S, this.shape.hasSortKey ? key.sk?.S : ""];
    if (pk === undefined || sk === undefined)
      throw new SyntaxError("The provided key element does not match the schema");
    return [pk, sk];
  }
}

const noItems: Partition = new Map();

function bySortKey(one: Item, other: Item): number {
  const [first, second] = [one.sk?.S ?? "", other.sk?.S ?? ""];
  return first === second ? 0 : first < second ? -1 : 1;
}
