import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { fingerprint } from "../../shared/adapters/fingerprint.ts";
import {
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
import { parseSendMessage } from "../../shared/contracts/send-message.ts";
import { redeliverySeconds } from "../../shared/domain/sending/delay.ts";
import type { Outcome } from "../../shared/domain/sending/outcome.ts";
import { batchResponse, isFrom } from "../batch.ts";
import { onTrustedBatch } from "../trusted-clock.ts";

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
      const { good, failed } = await parseRecords(dependencies, records);
      const outcomes = await dispatchBatch(ports, settings, good, deadlineMs);
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

/** Malformed records go to quarantine at once; those that could not be kept there go back to the queue. */
async function parseRecords(
  { ports, queues }: DispatcherDependencies,
  records: readonly SQSRecord[],
): Promise<{ good: DispatchRecord[]; failed: string[] }> {
  const good: DispatchRecord[] = [];
  const failed: string[] = [];
  for (const record of records) {
    const parsed = parseSendMessage(record.body);
    if (parsed.kind === "good") {
      good.push({
        recordId: record.messageId,
        body: record.body,
        message: parsed.message,
        fingerprint: fingerprint(parsed.content),
        enqueuedAtMs: enqueuedAtMs(record),
        receives: Number(record.attributes.ApproximateReceiveCount),
        parked: queueOf(queues, record) === queues.parked,
        parkings: numberIn(record, parkingsAttribute) ?? 0,
        parkedSinceMs: numberIn(record, parkedSinceAttribute) ?? ports.clock.nowMs(),
      });
      continue;
    }
    try {
      const { messageId: recordId, body } = record;
      await quarantine(ports, { recordId, body, enqueuedAtMs: enqueuedAtMs(record) }, parsed.reason);
    } catch {
      ports.log.error("RECORD_FAILED", { recordId: record.messageId });
      failed.push(record.messageId);
    }
  }
  return { good, failed };
}

/** A message that travelled between queues carries its first time; SQS's own is that of the last queue only. */
function enqueuedAtMs(record: SQSRecord): number {
  const here = Number(record.attributes.SentTimestamp);
  return Math.min(here, numberIn(record, enqueuedAtAttribute) ?? here);
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
