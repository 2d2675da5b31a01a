import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import {
  claimedAtAttribute,
  enqueuedAtAttribute,
  quarantineAttributes,
} from "../../shared/adapters/sqs/message-attributes.ts";
import { type SetAsidePorts, setAside } from "../../shared/app/set-aside/set-aside.ts";
import type { FromQuarantine, Piece, SetAsideRecord } from "../../shared/app/set-aside/set-aside-entry.ts";
import { type OriginQueue, originQueues } from "../../shared/domain/set-aside/set-aside.ts";
import { batchResponse, isFrom } from "../batch.ts";

export interface SetAsideDependencies {
  readonly ports: SetAsidePorts;
  readonly keptDays: number;
  /** URLs of the dead letters behind each queue; whatever comes from another queue is quarantine's. */
  readonly deadLetters: Readonly<Record<OriginQueue, string>>;
}

/** Consumer of the quarantine queue and of the dead letters of every consumed queue. */
export const makeHandler = ({ ports, keptDays, deadLetters }: SetAsideDependencies) =>
  middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records: records }) =>
    batchResponse(
      await setAside(
        ports,
        keptDays,
        records.map((record) => read(deadLetters, record)),
      ),
    ),
  );

function read(deadLetters: SetAsideDependencies["deadLetters"], record: SQSRecord): SetAsideRecord {
  const queue = originQueues.find((each) => isFrom(deadLetters[each], record));
  return {
    messageId: record.messageId,
    body: record.body,
    sentAtMs: Number(record.attributes.SentTimestamp),
    enqueuedAtMs: timeOf(record, enqueuedAtAttribute),
    claimedAtMs: timeOf(record, claimedAtAttribute),
    from: queue === undefined ? fromQuarantine(record) : { kind: "dead-letters", queue },
  };
}

function fromQuarantine(record: SQSRecord): FromQuarantine {
  return {
    kind: "quarantine",
    code: attribute(record, quarantineAttributes.code) ?? "no-reason",
    sentence: attribute(record, quarantineAttributes.sentence) ?? "It came without a reason: see its body.",
    isNote: attribute(record, quarantineAttributes.noted) === "true",
    piece: pieceOf(record),
  };
}

function pieceOf(record: SQSRecord): Piece | undefined {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(attribute(record, quarantineAttributes.part) ?? "") ?? [];
  if (index === undefined) return undefined;
  return { index: Number(index), of: Number(of), first: attribute(record, quarantineAttributes.of) };
}

function timeOf(record: SQSRecord, name: string): number | undefined {
  const atMs = Number(attribute(record, name) ?? Number.NaN);
  return atMs > 0 ? atMs : undefined;
}

function attribute({ messageAttributes }: SQSRecord, name: string): string | undefined {
  return messageAttributes[name]?.stringValue;
}
