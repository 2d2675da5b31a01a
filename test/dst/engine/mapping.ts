import type { Queue, QueuedMessage } from "../aws/queue.ts";
import type { Stage } from "./client.ts";
import type { SimulatedFunction } from "./function.ts";
import type { Due } from "./scheduler.ts";

export interface MappingSettings {
  readonly batchSize: number;
  readonly windowMs: number;
  readonly maxConcurrency: number;
}

export interface MappingParts {
  readonly called: SimulatedFunction;
  readonly settings: MappingSettings;
  worked(record: QueuedMessage): void;
}

/** Lambda's event source mapping: receives batches, calls the function, deletes what it did not list as failed. */
export class Mapping {
  readonly #stage: Stage;
  readonly #queue: Queue;
  readonly #function: SimulatedFunction;
  readonly #settings: MappingSettings;
  /** Sees every record that the function has worked for good. */
  readonly #worked: (record: QueuedMessage) => void;
  #running = 0;
  #planned: Due | undefined;

  constructor(stage: Stage, queue: Queue, { called, settings, worked }: MappingParts) {
    this.#stage = stage;
    this.#queue = queue;
    this.#function = called;
    this.#settings = settings;
    this.#worked = worked;
    queue.whenVisible = (atMs) => this.#plan(atMs);
  }

  #plan(visibleAtMs: number): void {
    const { scheduler, random } = this.#stage;
    if (this.#planned?.run !== undefined) {
      if (this.#planned.atMs <= visibleAtMs + this.#settings.windowMs) return;
      scheduler.cancel(this.#planned);
    }
    const waitMs = random.between(1, 50 + this.#settings.windowMs);
    this.#planned = scheduler.at(visibleAtMs + waitMs, () => this.#poll());
  }

  #poll(): void {
    this.#planned = undefined;
    const { scheduler, random, faults } = this.#stage;
    while (this.#running < this.#settings.maxConcurrency) {
      const records = this.#queue.receive(this.#most(), scheduler.nowMs, random);
      if (records.length === 0) break;
      this.#stage.steps += 1;
      for (const { id } of records) {
        if (faults.happens("delivered-twice")) this.#queue.showAgain(id, scheduler.nowMs + random.between(0, 15_000));
      }
      this.#call(records);
    }
    const nextMs = this.#queue.nextVisibleMs();
    // While all run, the end of one of them looks again.
    if (nextMs !== undefined && this.#running < this.#settings.maxConcurrency) this.#plan(nextMs);
  }

  /** Messages of the next batch, at most: full batches, and sometimes small ones. */
  #most(): number {
    const { batchSize } = this.#settings;
    const { random, isDull } = this.#stage;
    return isDull || random.chance(0.6) ? batchSize : 1 + random.whole(Math.min(batchSize, 6));
  }

  #call(records: readonly QueuedMessage[]): void {
    this.#running += 1;
    const { scheduler, tell } = this.#stage;
    tell?.(
      `${this.#queue.settings.name} hands over ${records.map(({ id, receives }) => `${id}(${receives})`).join(" ")}`,
    );
    this.#function.invoke({ Records: records.map((record) => this.#recordOf(record)) }, (answer) => {
      this.#running -= 1;
      if (answer !== undefined) this.#settle(records, answer.value);
      this.#plan(Math.max(scheduler.nowMs, this.#queue.nextVisibleMs() ?? scheduler.nowMs));
    });
  }

  /** Lambda's own rules: an answer without a list means success for all; one that names a stranger fails all. */
  #settle(records: readonly QueuedMessage[], answer: unknown): void {
    const { faults } = this.#stage;
    const listed = (answer as { batchItemFailures?: { itemIdentifier?: string }[] } | undefined)?.batchItemFailures;
    const failed = new Set((listed ?? []).map(({ itemIdentifier = "" }) => itemIdentifier));
    const ids = new Set(records.map(({ id }) => id));
    if ([...failed].some((id) => !ids.has(id))) return;
    if (faults.happens("dead-on-success")) return;
    for (const record of records.filter(({ id }) => !failed.has(id))) {
      this.#worked(record);
      if (!faults.happens("delete-lost")) this.#queue.delete(record.handle);
    }
  }

  #recordOf({ id, body, attributes, handle, receives, sentAtMs, firstReceivedAtMs }: QueuedMessage): object {
    const texts = Object.entries(attributes).map(([name, stringValue]) => [name, { stringValue, dataType: "String" }]);
    return {
      messageId: id,
      receiptHandle: handle,
      body,
      attributes: {
        ApproximateReceiveCount: String(receives),
        SentTimestamp: String(sentAtMs),
        SenderId: "sender",
        ApproximateFirstReceiveTimestamp: String(firstReceivedAtMs),
      },
      messageAttributes: Object.fromEntries(texts),
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${this.#queue.settings.name}`,
      awsRegion: "us-east-1",
    };
  }
}
