import type { DatabaseSync } from "node:sqlite";

/**
 * Runs writes as one transaction. Nothing here waits, so transactions never overlap.
 * @param hooks - `beforeCommit` writes what was only noted so far; `afterRollback` forgets what was not kept
 */
export function transactor(
  db: DatabaseSync,
  hooks: { beforeCommit: () => void; afterCommit: () => void; afterRollback: () => void },
): <T>(write: () => T) => T {
  return (write) => {
    db.exec("BEGIN IMMEDIATE");
    let result: ReturnType<typeof write>;
    try {
      result = write();
      hooks.beforeCommit();
      db.exec("COMMIT");
    } catch (error) {
      db.exec("ROLLBACK");
      hooks.afterRollback();
      throw error;
    }
    hooks.afterCommit();
    return result;
  };
}
