import type { SetAside, SetAsidePlace } from "../../../shared/domain/set-aside/set-aside.ts";
import type { SetAsideStore } from "../../../shared/ports/set-aside-store.ts";

export class MemorySetAside implements SetAsideStore {
  readonly #entries = new Map<string, SetAside>();
  readonly #bodies = new Map<string, string>();

  async add(entry: SetAside, body: string | undefined): Promise<void> {
    if (entry.body !== undefined) this.#bodies.set(entry.body.name, body ?? "");
    const key = keyOf(entry);
    if (!this.#entries.has(key)) this.#entries.set(key, entry);
  }

  async addPiece(bodyName: string, piece: number, body: string): Promise<void> {
    this.#bodies.set(`${bodyName}/${piece}`, body);
  }

  async *list(place: SetAsidePlace, nowMs: number): AsyncGenerator<readonly SetAside[]> {
    yield this.#kept(place, nowMs).toSorted((one, other) => (one.name < other.name ? 1 : -1));
  }

  async count(place: SetAsidePlace, nowMs: number): Promise<number> {
    return this.#kept(place, nowMs).length;
  }

  async body({ body }: SetAside): Promise<string | undefined> {
    if (body === undefined) return undefined;
    const pieces = pieceNames(body).map((name) => this.#bodies.get(name));
    return pieces.includes(undefined) ? undefined : pieces.join("");
  }

  async remove(entry: SetAside): Promise<void> {
    this.#entries.delete(keyOf(entry));
    for (const name of entry.body === undefined ? [] : pieceNames(entry.body)) this.#bodies.delete(name);
  }

  #kept(place: SetAsidePlace, nowMs: number): SetAside[] {
    return [...this.#entries.values()].filter((entry) => entry.place === place && entry.keptUntilMs > nowMs);
  }
}

function keyOf({ place, name }: SetAside): string {
  return `${place}/${name}`;
}

function pieceNames({ name, pieces }: NonNullable<SetAside["body"]>): string[] {
  return Array.from({ length: pieces }, (_, index) => (index === 0 ? name : `${name}/${index + 1}`));
}
