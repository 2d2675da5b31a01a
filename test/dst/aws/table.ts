import type { Item } from "./attribute-values.ts";

export interface TableShape {
  readonly hasSortKey: boolean;
  /** Items go some time after this moment (epoch s), or never when nobody looks. */
  readonly expiry?: "expiresAt";
  /** Sort key of an index with the table's partition key, by the index's name. */
  readonly indexes?: Readonly<Record<string, string>>;
}

/** The items of one table, by partition and sort key. */
export class Table {
  readonly shape: TableShape;
  readonly #partitions = new Map<string, Map<string, Item>>();
  readonly #expiryLagMs: number;

  /** @param expiryLagMs - how long after its time an item goes */
  constructor(shape: TableShape, expiryLagMs = 0) {
    this.shape = shape;
    this.#expiryLagMs = expiryLagMs;
  }

  get(key: Item, nowMs: number): Item | undefined {
    const [pk, sk] = this.#keyOf(key);
    const item = this.#partitions.get(pk)?.get(sk);
    if (item === undefined || !this.#isExpired(item, nowMs)) return item;
    this.#partitions.get(pk)?.delete(sk);
    return undefined;
  }

  put(item: Item): void {
    const [pk, sk] = this.#keyOf(item);
    let partition = this.#partitions.get(pk);
    if (partition === undefined) {
      partition = new Map();
      this.#partitions.set(pk, partition);
    }
    partition.set(sk, item);
  }

  delete(key: Item): void {
    const [pk, sk] = this.#keyOf(key);
    this.#partitions.get(pk)?.delete(sk);
  }

  /** Items of a partition; of an index those that have its sort key. In order. */
  sorted(pk: string, index: string | undefined, nowMs: number): Item[] {
    const attribute = index === undefined ? undefined : this.shape.indexes?.[index];
    const items = [...(this.#partitions.get(pk)?.values() ?? [])].filter((item) => !this.#isExpired(item, nowMs));
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

function bySortKey(one: Item, other: Item): number {
  const [first, second] = [one.sk?.S ?? "", other.sk?.S ?? ""];
  return first === second ? 0 : first < second ? -1 : 1;
}
