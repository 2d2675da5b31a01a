import { DatabaseSync, type SQLOutputValue } from "node:sqlite";

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS documents (
    kind TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, name)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (
    n INTEGER PRIMARY KEY, message_id TEXT NOT NULL, warmup_id TEXT NOT NULL,
    sent_at_ms INTEGER NOT NULL, expires_at_ms INTEGER NOT NULL, quota_recipients INTEGER NOT NULL,
    configuration_set TEXT, ip TEXT NOT NULL, subject TEXT NOT NULL, size_bytes INTEGER NOT NULL,
    tags TEXT NOT NULL, mail TEXT NOT NULL, body TEXT
  );
  CREATE INDEX IF NOT EXISTS messages_by_time ON messages (sent_at_ms);
  CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY, n INTEGER NOT NULL, recipient TEXT NOT NULL, outcome TEXT NOT NULL,
    attempts INTEGER NOT NULL, reply TEXT NOT NULL, due_ms INTEGER
  );
  CREATE INDEX IF NOT EXISTS deliveries_by_message ON deliveries (n);
  CREATE INDEX IF NOT EXISTS deliveries_by_due ON deliveries (due_ms) WHERE due_ms IS NOT NULL;
  CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, topic_arn TEXT NOT NULL, body TEXT NOT NULL
  );
`;

/** A row as SQLite gives it. */
export type Row = Record<string, SQLOutputValue>;

/** Opens the engine's state. A killed process loses no committed transaction: the write-ahead log outlives it. */
export function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  db.exec(schema);
  return db;
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new TypeError(`column ${column} is not a text`);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : textOf(row, column);
}

export function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw new TypeError(`column ${column} is not a number`);
  return value;
}
