import type { DatabaseSync, StatementSync } from "node:sqlite";
import { numberOf, textOf } from "./database.ts";

/** An event that still has to reach its topic. */
export interface UnpublishedEvent {
  readonly seq: number;
  readonly topicArn: string;
  readonly body: string;
}

/**
 * Events between their cause and their publication. A row is written in the transaction of its cause and deleted after
 * the topic took it, so that a crash in between repeats an event and never loses one.
 */
export class UnpublishedEvents {
  readonly #add: StatementSync;
  readonly #first: StatementSync;
  readonly #remove: StatementSync;

  constructor(db: DatabaseSync) {
    this.#add = db.prepare("INSERT INTO events (topic_arn, body) VALUES (?, ?)");
    this.#first = db.prepare("SELECT seq, topic_arn, body FROM events ORDER BY seq LIMIT ?");
    this.#remove = db.prepare("DELETE FROM events WHERE seq = ?");
  }

  add(topicArn: string, body: string): void {
    this.#add.run(topicArn, body);
  }

  first(limit: number): UnpublishedEvent[] {
    return this.#first
      .all(limit)
      .map((row) => ({ seq: numberOf(row, "seq"), topicArn: textOf(row, "topic_arn"), body: textOf(row, "body") }));
  }

  remove(seq: number): void {
    this.#remove.run(seq);
  }
}
