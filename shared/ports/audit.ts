/** Something that was decided or done, by whom and why; kept for good. */
export interface AuditEntry {
  readonly atMs: number;
  /** A function of the deployment, or `operator`. */
  readonly by: string;
  readonly pool: string;
  readonly provider?: string | undefined;
  readonly ip?: string | undefined;
  /** What was done: an operator's action, `brake-...`, `wall-...`, `graduated`, `ips-moved`, `guard-hold`, `guard-cleared`, `guard-repaired`, `guard-lifted`, `requeue-...`, `re-cut`, `recognised-ip`. */
  readonly action: string;
  /** In words. */
  readonly says: string;
}

export interface Audit {
  keep(entry: AuditEntry): Promise<void>;
  /**
   * Entries of a pool, newest first.
   * @param by - only what this one did
   */
  latest(pool: string, limit: number, by?: string): Promise<readonly AuditEntry[]>;
}
