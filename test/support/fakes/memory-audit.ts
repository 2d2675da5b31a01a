import type { Audit, AuditEntry } from "../../../shared/ports/audit.ts";

export class MemoryAudit implements Audit {
  readonly #kept = new Map<string, AuditEntry>();

  /** One action on one thing at one moment is one entry, as in the table. */
  async keep(entry: AuditEntry): Promise<void> {
    const { pool, atMs, action, provider = "", ip = "" } = entry;
    this.#kept.set(`${pool}/${atMs}/${action}/${provider}/${ip}`, entry);
  }

  async latest(pool: string, limit: number, by?: string): Promise<readonly AuditEntry[]> {
    return [...this.#kept.values()]
      .filter((entry) => entry.pool === pool && (by === undefined || entry.by === by))
      .sort((one, other) => other.atMs - one.atMs)
      .slice(0, limit);
  }

  /** What was done so far, in words, in the order of its keeping. */
  get says(): string[] {
    return [...this.#kept.values()].map(({ says }) => says);
  }
}
