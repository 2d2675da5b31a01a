import { setTimeout as pause } from "node:timers/promises";
import type { SesEngineOptions, SesFaults } from "../options.ts";
import type { UnpublishedEvent, UnpublishedEvents } from "../state/unpublished.ts";

/** Most events that SNS takes in one call. */
const batchSize = 10;
const batchesAtOnce = 10;
const longestPauseMs = 1_000;

/** Events are left to gather for this long, so that a call takes several of them, ms of real time. */
const gatherMs = 15;

interface PublisherParts {
  readonly events: UnpublishedEvents;
  readonly publish: SesEngineOptions["publish"];
  readonly faults: Pick<SesFaults, "repeatEvents" | "shuffleEvents">;
  /** Runs a write to the state as one transaction. */
  readonly transact: (write: () => void) => void;
}

/** Takes written events to their topics, batch by batch, until none is left; a batch that fails is tried again. */
export class Publisher {
  readonly #parts: PublisherParts;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /** Starts publishing unless it is under way already. */
  kick(): void {
    if (this.#stopped || this.#running !== undefined) return;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when every event written so far is on its topic. */
  async drained(): Promise<void> {
    while (!this.#stopped && this.#parts.events.first(1).length > 0) {
      this.kick();
      await this.#running;
    }
  }

  /** Ends after the batches that are under way; what is left is published after the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    let pauseMs = 10;
    while (!this.#stopped) {
      await pause(gatherMs);
      const batches = byTopic(this.#parts.events.first(batchSize * batchesAtOnce));
      if (batches.length === 0) return;
      const done = await Promise.all(batches.map((batch) => this.#publish(batch)));
      if (done.every(Boolean)) {
        pauseMs = 10;
      } else {
        await pause(pauseMs);
        pauseMs = Math.min(2 * pauseMs, longestPauseMs);
      }
    }
  }

  async #publish(batch: UnpublishedEvent[]): Promise<boolean> {
    const { faults, publish, events, transact } = this.#parts;
    const topicArn = batch[0]?.topicArn ?? "";
    const bodies = batch.map(({ body }) => body);
    const repeated = bodies.slice(0, faults.repeatEvents);
    try {
      await publish(topicArn, faults.shuffleEvents ? bodies.toReversed() : bodies);
      if (repeated.length > 0) {
        await publish(topicArn, repeated);
        faults.repeatEvents -= repeated.length;
      }
    } catch {
      // Whatever it was, the events are still written down: the next round tries them again.
      return false;
    }
    transact(() => {
      for (const { seq } of batch) events.remove(seq);
    });
    return true;
  }
}

function byTopic(events: UnpublishedEvent[]): UnpublishedEvent[][] {
  const topics = Map.groupBy(events, ({ topicArn }) => topicArn);
  return [...topics.values()].flatMap((ofTopic) =>
    Array.from({ length: Math.ceil(ofTopic.length / batchSize) }, (_unused, i) =>
      ofTopic.slice(i * batchSize, (i + 1) * batchSize),
    ),
  );
}
