import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { fingerprint } from "../../shared/adapters/fingerprint.ts";
import {
  claimedAtAttribute,
  enqueuedAtAttribute,
  parkedSinceAttribute,
  parkingsAttribute,
} from "../../shared/adapters/sqs/message-attributes.ts";
import type { SqsRedelivery } from "../../shared/adapters/sqs/sqs-redelivery.ts";
import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { dispatchBatch } from "../../shared/app/dispatch/dispatch-batch.ts";
import type { DispatchPorts, DispatchRecord, DispatchSettings } from "../../shared/app/dispatch/dispatch-ports.ts";
import { quarantine } from "../../shared/app/dispatch/quarantine.ts";
import { tellOutcomes } from "../../shared/app/dispatch/tell-outcomes.ts";
import { tellStuck } from "../../shared/app/dispatch/tell-stuck.ts";
import { inParallel } from "../../shared/app/in-parallel.ts";
import { parseSendMessage } from "../../shared/contracts/send-message.ts";
import { errorName } from "../../shared/domain/errors.ts";
import { redeliverySeconds } from "../../shared/domain/sending/delay.ts";
import type { KeptTimes } from "../../shared/domain/sending/id-life.ts";
import type { Outcome, QuarantineReason } from "../../shared/domain/sending/outcome.ts";
import { batchResponse, isFrom } from "../batch.ts";
import { onTrustedBatch } from "../trusted-clock.ts";

/** Most calls of the quarantine queue at once. */
const storeConcurrency = 10;

export interface DispatcherDependencies {
  readonly ports: DispatchPorts & ClockPorts;
  readonly settings: DispatchSettings;
  /** URLs of the two queues with this consumer. */
  readonly queues: { readonly send: string; readonly parked: string };
  readonly redelivery: Pick<SqsRedelivery, "after">;
}

/** Consumer of the send queue and the parked queue. */
export const makeHandler = (dependencies: DispatcherDependencies) =>
  middy<SQSEvent, SQSBatchResponse>()
    .use(onTrustedBatch(dependencies.ports))
    .handler(async ({ Records: records }, context) => {
      const { ports, settings, queues, redelivery } = dependencies;
      const deadlineMs = ports.clock.nowMs() + context.getRemainingTimeInMillis();
      const { good, malformed } = parseRecords(dependencies, records);
      const [outcomes, failed] = await Promise.all([
        dispatchBatch(ports, settings, good, deadlineMs),
        setAside(ports, malformed),
      ]);
      tellOutcomes(ports, records.length, outcomes.values());
      tellStuck(ports, settings, good, outcomes);
      const again = records.flatMap((record) => delayOf(record, outcomes));
      await Promise.all(
        again.map(([record, delaySeconds]) =>
          redelivery.after(queueOf(queues, record), record.receiptHandle, delaySeconds),
        ),
      );
      return batchResponse([...failed, ...again.map(([{ messageId }]) => messageId)]);
    });

/** A record that is no message, and why. */
interface Malformed {
  readonly record: SQSRecord;
  readonly reason: QuarantineReason;
}

function parseRecords(
  { ports, queues }: DispatcherDependencies,
  records: readonly SQSRecord[],
): { readonly good: DispatchRecord[]; readonly malformed: Malformed[] } {
  const good: DispatchRecord[] = [];
  const malformed: Malformed[] = [];
  for (const record of records) {
    const parsed = parseSendMessage(record.body);
    if (parsed.kind === "good") {
      good.push({
        recordId: record.messageId,
        body: record.body,
        message: parsed.message,
        fingerprint: fingerprint(parsed.content),
        ...timesOf(record),
        receives: Number(record.attributes.ApproximateReceiveCount),
        parked: queueOf(queues, record) === queues.parked,
        parkings: numberIn(record, parkingsAttribute) ?? 0,
        parkedSinceMs: numberIn(record, parkedSinceAttribute) ?? ports.clock.nowMs(),
      });
    } else malformed.push({ record, reason: parsed.reason });
  }
  return { good, malformed };
}

/** @returns ids of the records that could not be kept in quarantine: they go back to their queue */
async function setAside(ports: DispatchPorts, malformed: readonly Malformed[]): Promise<string[]> {
  const failed: string[] = [];
  await inParallel(malformed, storeConcurrency, async ({ record, reason }) => {
    const { messageId: recordId, body } = record;
    try {
      await quarantine(ports, { recordId, body, ...timesOf(record) }, reason);
    } catch (error) {
      ports.log.error("RECORD_FAILED", { recordId, error: errorName(error) });
      failed.push(recordId);
    }
  });
  return failed;
}

/** A message that travelled between queues carries its first time; SQS's own is that of the last queue only. */
function timesOf(record: SQSRecord): KeptTimes {
  const enqueuedAtMs = timeIn(record, enqueuedAtAttribute) ?? Number(record.attributes.SentTimestamp);
  return { enqueuedAtMs, claimedAtMs: timeIn(record, claimedAtAttribute) };
}

/** A time that a message carries with it; undefined where it has none that can be. */
function timeIn(record: SQSRecord, name: string): number | undefined {
  const atMs = numberIn(record, name);
  return atMs !== undefined && atMs < Number(record.attributes.SentTimestamp) ? atMs : undefined;
}

/** A message attribute that is a number above 0. */
function numberIn({ messageAttributes }: SQSRecord, name: string): number | undefined {
  const value = Number(messageAttributes[name]?.stringValue ?? Number.NaN);
  return value > 0 ? value : undefined;
}

function queueOf({ send, parked }: DispatcherDependencies["queues"], record: SQSRecord): string {
  return isFrom(parked, record) ? parked : send;
}

function delayOf(record: SQSRecord, outcomes: ReadonlyMap<string, Outcome>): [SQSRecord, number][] {
  const outcome = outcomes.get(record.messageId);
  if (outcome?.kind !== "again") return [];
  return [[record, redeliverySeconds(outcome, Number(record.attributes.ApproximateReceiveCount))]];
}
