import type { DatabaseSync, StatementSync } from "node:sqlite";
import type * as z from "zod";
import { numberOf, textOf } from "./database.ts";

/**
 * Named JSON documents of one kind: read from memory, written through to the database.
 * A document is replaced, never changed in place, so that `reload` undoes a rolled-back transaction.
 */
export class Documents<S extends z.ZodType> {
  readonly #kind: string;
  readonly #schema: S;
  readonly #byName = new Map<string, z.output<S>>();
  readonly #select: StatementSync;
  readonly #upsert: StatementSync;
  readonly #remove: StatementSync;

  constructor(db: DatabaseSync, kind: string, schema: S) {
    this.#kind = kind;
    this.#schema = schema;
    this.#select = db.prepare("SELECT name, body FROM documents WHERE kind = ? ORDER BY name");
    this.#upsert = db.prepare("INSERT OR REPLACE INTO documents (kind, name, body) VALUES (?, ?, ?)");
    this.#remove = db.prepare("DELETE FROM documents WHERE kind = ? AND name = ?");
    this.reload();
  }

  reload(): void {
    this.#byName.clear();
    for (const row of this.#select.all(this.#kind)) {
      this.#byName.set(textOf(row, "name"), this.#schema.parse(JSON.parse(textOf(row, "body"))));
    }
  }

  get(name: string): z.output<S> | undefined {
    return this.#byName.get(name);
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  entries(): [string, z.output<S>][] {
    return [...this.#byName];
  }

  values(): z.output<S>[] {
    return [...this.#byName.values()];
  }

  put(name: string, value: z.output<S>): void {
    this.#upsert.run(this.#kind, name, JSON.stringify(value));
    this.#byName.set(name, value);
  }

  delete(name: string): boolean {
    this.#byName.delete(name);
    return numberOf({ ...this.#remove.run(this.#kind, name) }, "changes") > 0;
  }
}
