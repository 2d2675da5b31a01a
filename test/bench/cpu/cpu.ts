import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { type Benchmark, check, type Findings } from "../benchmark.ts";
import { environmentFor, tableNames } from "../dispatchers/environment.ts";
import { type Dispatcher, ourDispatcher } from "../dispatchers/ours.ts";
import { textbookDispatcher } from "../dispatchers/textbook.ts";
import { batchesOf, mixedProviders } from "../mail.ts";
import { type Sink, startSink } from "../sink/sink.ts";
import { inTurns, median, round, spread } from "../statistics.ts";

const rounds = 7;

/** The send queue's own batch size, and Lambda's usual one. */
const batchSizes = [25, 10] as const;

/** A typical order confirmation. */
const htmlBytes = 11_000;

/** Rounds that are thrown away: the SDK is compiled well only after some thousand calls. */
const warmUpRounds = 6;

export const benchmark: Benchmark = {
  what: "CPU of a dispatcher process per message of 11 KB, in microseconds; DynamoDB and SES run elsewhere",
  size: 500,
  bars: [{ figure: "ratio:batch25", atLeast: 2 }],
  run: compare,
};

async function compare(messages: number): Promise<Findings> {
  const sink = await startSink();
  Object.assign(process.env, environmentFor(sink.endpoints));
  const ours = await ourDispatcher(sink.endpoints);
  const peer = textbookDispatcher({ tables: new DynamoDBClient(), mail: new SESv2Client(), tableNames });
  let turns = 0;
  const measure = (dispatch: Dispatcher, batchSize: number) => () => {
    turns += 1;
    return cpuPerMessage(sink, dispatch, { messages, batchSize, prefix: `turn${turns}` });
  };
  await inTurns(warmUpRounds, { ours: measure(ours, 25), peer: measure(peer, 25) });
  const found = { ours: {}, peer: {}, ratio: {} };
  for (const batchSize of batchSizes) {
    const us = await inTurns(rounds, { ours: measure(ours, batchSize), peer: measure(peer, batchSize) });
    const name = `batch${batchSize}`;
    Object.assign(found.ours, { [name]: { cpuUsPerMessage: spread(us.ours) } });
    Object.assign(found.peer, { [name]: { cpuUsPerMessage: spread(us.peer) } });
    const ratios = us.ours.map((each, turn) => (us.peer[turn] ?? Number.NaN) / each);
    Object.assign(found.ratio, { [name]: round(median(ratios)) });
  }
  await sink.close();
  return { ...found, rounds };
}

interface Turn {
  readonly messages: number;
  readonly batchSize: number;
  readonly prefix: string;
}

/** @throws when a message was not sent exactly once */
async function cpuPerMessage(sink: Sink, dispatch: Dispatcher, turn: Turn): Promise<number> {
  const { messages, prefix } = turn;
  // Made before the measuring begins.
  const batches = [...batchesOf({ ...turn, domainOf: mixedProviders, htmlBytes })];
  const before = process.cpuUsage();
  for (const batch of batches) {
    const { batchItemFailures: failed } = await dispatch(batch);
    check(failed.length === 0, `${failed.length} messages went back to their queue`);
  }
  const { user, system } = process.cpuUsage(before);
  const recipients = await sink.taken();
  const sent = new Set(recipients);
  check(recipients.length === messages && sent.size === messages, "a message was not sent exactly once");
  check(
    [...sent].every((recipient) => recipient.startsWith(`${prefix}-`)),
    "mail of another turn was sent",
  );
  return (user + system) / messages;
}
