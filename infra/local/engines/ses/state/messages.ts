import type { DatabaseSync, StatementSync } from "node:sqlite";
import * as z from "zod";
import { Mail } from "../events/mail.ts";
import { numberOf, type Row, textOf, textOrNull } from "./database.ts";

/** Outcome of one recipient, and of the message as the gravest of its recipients. */
export type Outcome = "accepted" | "delivered" | "delayed" | "bounced" | "complained" | "suppressed" | "rejected";

const Outcomes = z.enum(["accepted", "delivered", "delayed", "bounced", "complained", "suppressed", "rejected"]);
const Tags = z.record(z.string(), z.string());

/** A message as it was accepted. */
export interface Message {
  /** 1-based, in order of acceptance. */
  readonly n: number;
  readonly messageId: string;
  /** The sender's own id where it gave one, else the message id. */
  readonly warmupId: string;
  readonly sentAtMs: number;
  readonly expiresAtMs: number;
  /** Recipients that count against the 24-hour quota. */
  readonly quotaRecipients: number;
  readonly configurationSet: string | null;
  readonly ip: string;
  readonly subject: string;
  readonly sizeBytes: number;
  readonly tags: Record<string, string>;
  readonly mail: Mail;
}

/** What is known of one recipient of a message, and when something happens next. */
export interface Delivery {
  readonly id: number;
  readonly n: number;
  readonly recipient: string;
  readonly outcome: Outcome;
  readonly attempts: number;
  /** The provider's last reply. */
  readonly reply: string;
  readonly dueMs: number | null;
}

const toMessage = (row: Row): Message => ({
  n: numberOf(row, "n"),
  messageId: textOf(row, "message_id"),
  warmupId: textOf(row, "warmup_id"),
  sentAtMs: numberOf(row, "sent_at_ms"),
  expiresAtMs: numberOf(row, "expires_at_ms"),
  quotaRecipients: numberOf(row, "quota_recipients"),
  configurationSet: textOrNull(row, "configuration_set"),
  ip: textOf(row, "ip"),
  subject: textOf(row, "subject"),
  sizeBytes: numberOf(row, "size_bytes"),
  tags: Tags.parse(JSON.parse(textOf(row, "tags"))),
  mail: Mail.parse(JSON.parse(textOf(row, "mail"))),
});

const toDelivery = (row: Row): Delivery => ({
  id: numberOf(row, "id"),
  n: numberOf(row, "n"),
  recipient: textOf(row, "recipient"),
  outcome: Outcomes.parse(row.outcome),
  attempts: numberOf(row, "attempts"),
  reply: textOf(row, "reply"),
  dueMs: row.due_ms === null ? null : numberOf(row, "due_ms"),
});

const columns = [
  "n, message_id, warmup_id, sent_at_ms, expires_at_ms, quota_recipients",
  "configuration_set, ip, subject, size_bytes, tags, mail",
].join(", ");

/** The mail that the engine accepted and what became of each recipient. */
export class Messages {
  readonly #statements: Record<
    "insert" | "add" | "one" | "after" | "last" | "of" | "due" | "next" | "set",
    StatementSync
  >;
  readonly #perMinute: StatementSync;

  constructor(db: DatabaseSync) {
    this.#statements = {
      insert: db.prepare(`INSERT INTO messages (${columns}, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
      add: db.prepare(
        "INSERT INTO deliveries (n, recipient, outcome, attempts, reply, due_ms) VALUES (?, ?, ?, ?, ?, ?)",
      ),
      one: db.prepare(`SELECT ${columns} FROM messages WHERE n = ?`),
      after: db.prepare(`SELECT ${columns} FROM messages WHERE n > ? ORDER BY n LIMIT ?`),
      last: db.prepare("SELECT coalesce(max(n), 0) AS n FROM messages"),
      of: db.prepare("SELECT * FROM deliveries WHERE n >= ? AND n <= ? ORDER BY id"),
      due: db.prepare("SELECT * FROM deliveries WHERE due_ms <= ? ORDER BY due_ms, id LIMIT ?"),
      next: db.prepare("SELECT min(due_ms) AS due_ms FROM deliveries WHERE due_ms IS NOT NULL"),
      set: db.prepare("UPDATE deliveries SET outcome = ?, attempts = ?, reply = ?, due_ms = ? WHERE id = ?"),
    };
    this.#perMinute = db.prepare(
      `SELECT sent_at_ms / 60000 AS minute, sum(quota_recipients) AS recipients
       FROM messages WHERE sent_at_ms > ? GROUP BY minute ORDER BY minute`,
    );
  }

  /** @param body - what is kept of the content, or null where it is too large to keep */
  insert(m: Message, body: string | null): void {
    const ids = [m.n, m.messageId, m.warmupId, m.sentAtMs, m.expiresAtMs, m.quotaRecipients];
    const json = [JSON.stringify(m.tags), JSON.stringify(m.mail)];
    this.#statements.insert.run(...ids, m.configurationSet, m.ip, m.subject, m.sizeBytes, ...json, body);
  }

  addDelivery(d: Omit<Delivery, "id">): void {
    this.#statements.add.run(d.n, d.recipient, d.outcome, d.attempts, d.reply, d.dueMs);
  }

  updateDelivery(d: Delivery): void {
    this.#statements.set.run(d.outcome, d.attempts, d.reply, d.dueMs, d.id);
  }

  get(n: number): Message {
    const row = this.#statements.one.get(n);
    if (row === undefined) throw new Error(`message ${n} is not stored`);
    return toMessage(row);
  }

  after(n: number, limit: number): Message[] {
    return this.#statements.after.all(n, limit).map(toMessage);
  }

  deliveries(fromN: number, toN: number): Delivery[] {
    return this.#statements.of.all(fromN, toN).map(toDelivery);
  }

  due(nowMs: number, limit: number): Delivery[] {
    return this.#statements.due.all(nowMs, limit).map(toDelivery);
  }

  nextDueMs(): number | undefined {
    const due = this.#statements.next.get()?.due_ms;
    return typeof due === "number" ? due : undefined;
  }

  lastN(): number {
    const row = this.#statements.last.get();
    return row === undefined ? 0 : numberOf(row, "n");
  }

  /** Recipients that count against the quota, per minute since a time. */
  quotaPerMinute(sinceMs: number): { minute: number; recipients: number }[] {
    return this.#perMinute
      .all(sinceMs)
      .map((row) => ({ minute: numberOf(row, "minute"), recipients: numberOf(row, "recipients") }));
  }
}
