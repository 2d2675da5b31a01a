import {
  DeleteMessageBatchCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSMessageAttribute, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { region } from "../template/resolve.ts";

export interface EventSourceSettings {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly batchSize: number;
  /** How long a batch may be gathered. */
  readonly windowMs: number;
  readonly maxConcurrency: number;
  readonly reportsFailures: boolean;
  readonly invoke: (event: { Records: SQSRecord[] }) => Promise<unknown>;
  /** Told of what Lambda would write to its own log. */
  readonly log: (line: string) => void;
  /** True where virtual time makes waiting pointless: a batch closes as soon as its queue is empty. */
  readonly windowEndsWhenEmpty: boolean;
}

/** Most messages of one receive (SQS). */
const receiveSize = 10;

/** Pause after a failed invocation: Lambda slows its polling only then. */
const failurePauseMs = 200;

const Answer = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullable();

/** Polls one queue and invokes its function, as Lambda's event source mapping does. */
export class EventSource {
  readonly #sqs: SQSClient;
  readonly #settings: EventSourceSettings;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #gathering = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(sqs: SQSClient, settings: EventSourceSettings) {
    this.#sqs = sqs;
    this.#settings = settings;
  }

  /** True while messages are in this source's hands. */
  get busy(): boolean {
    return this.#gathering || this.#running.size > 0;
  }

  start(): void {
    this.#loop = this.#poll();
  }

  /** Ends polling and waits for the invocations under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    await Promise.all(this.#running);
  }

  async #poll(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const batch = await this.#gather();
      this.#gathering = false;
      if (batch.length === 0) continue;
      const run = this.#run(batch).finally(() => this.#running.delete(run));
      this.#running.add(run);
      if (this.#running.size >= this.#settings.maxConcurrency) await Promise.race(this.#running);
    }
  }

  /** Waits for a first message, then fills the batch until its window ends. */
  async #gather(): Promise<Message[]> {
    const { batchSize, windowMs, windowEndsWhenEmpty } = this.#settings;
    const batch = await this.#receive(Math.min(batchSize, receiveSize), 20);
    const endMs = performance.now() + windowMs;
    while (batch.length > 0 && batch.length < batchSize && windowMs > 0) {
      const leftSeconds = windowEndsWhenEmpty ? 0 : Math.ceil((endMs - performance.now()) / 1000);
      if (leftSeconds <= 0 && !windowEndsWhenEmpty) break;
      const more = await this.#receive(Math.min(batchSize - batch.length, receiveSize), leftSeconds);
      batch.push(...more);
      if (more.length === 0 && windowEndsWhenEmpty) break;
    }
    return batch;
  }

  async #receive(most: number, waitSeconds: number): Promise<Message[]> {
    try {
      const { Messages: messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#settings.queueUrl,
          MaxNumberOfMessages: most,
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        }),
        { abortSignal: this.#stop.signal },
      );
      if (messages.length > 0) this.#gathering = true;
      return messages;
    } catch (error) {
      if (!this.#stop.signal.aborted) {
        this.#settings.log(`receive failed: ${String(error)}`);
        await new Promise((resolve) => setTimeout(resolve, failurePauseMs));
      }
      return [];
    }
  }

  async #run(batch: readonly Message[]): Promise<void> {
    const { invoke, log, queueArn } = this.#settings;
    const records = batch.map((message) => recordOf(message, queueArn));
    try {
      const failed = this.#failures(await invoke({ Records: records }), records);
      await this.#remove(records.filter(({ messageId }) => !failed.has(messageId)));
    } catch (error) {
      log(`invocation failed, ${batch.length} records stay: ${error instanceof Error ? error.message : String(error)}`);
      await new Promise((resolve) => setTimeout(resolve, failurePauseMs));
    }
  }

  /** Records that stay on the queue. @throws on an answer of the wrong shape: then the whole batch stays */
  #failures(answer: unknown, records: readonly SQSRecord[]): ReadonlySet<string> {
    if (!this.#settings.reportsFailures) return new Set();
    const failures: SQSBatchResponse["batchItemFailures"] = Answer.parse(answer)?.batchItemFailures ?? [];
    const known = new Set(records.map(({ messageId }) => messageId));
    const unknown = failures.find(({ itemIdentifier }) => !known.has(itemIdentifier));
    if (unknown !== undefined) throw new Error(`itemIdentifier ${unknown.itemIdentifier} is not in the batch`);
    return new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  }

  async #remove(records: readonly SQSRecord[]): Promise<void> {
    for (let start = 0; start < records.length; start += receiveSize) {
      const entries = records
        .slice(start, start + receiveSize)
        .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      await this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl: this.#settings.queueUrl, Entries: entries }));
    }
  }
}

/** A received message as Lambda hands it to a function: attribute names begin in lower case. */
function recordOf(message: Message, eventSourceARN: string): SQSRecord {
  const attributes = message.Attributes ?? {};
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: {
      ...attributes,
      ApproximateReceiveCount: attributes.ApproximateReceiveCount ?? "1",
      SentTimestamp: attributes.SentTimestamp ?? "0",
      SenderId: attributes.SenderId ?? "",
      ApproximateFirstReceiveTimestamp: attributes.ApproximateFirstReceiveTimestamp ?? "0",
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, attributeOf(value)]),
    ),
    md5OfBody: message.MD5OfBody ?? "",
    eventSource: "aws:sqs",
    eventSourceARN,
    awsRegion: region,
  };
}

function attributeOf({ DataType = "String", StringValue }: MessageAttributeValue): SQSMessageAttribute {
  return { dataType: DataType, ...(StringValue !== undefined && { stringValue: StringValue }) };
}
