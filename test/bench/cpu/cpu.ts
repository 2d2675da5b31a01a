import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { type Benchmark, check, type Findings } from "../benchmark.ts";
import { environmentFor, tableNames } from "../dispatchers/environment.ts";
import { type Dispatcher, ourDispatcher } from "../dispatchers/ours.ts";
import { textbookDispatcher } from "../dispatchers/textbook.ts";
import { batchesOf, mixedProviders } from "../mail.ts";
import { type Sink, startSink } from "../sink/sink.ts";
import { inTurns, median, round, spread } from "../statistics.ts";

const rounds = 9;

/** A typical order confirmation. */
const htmlBytes = 11_000;

/** Rounds that are thrown away, so that both sides are compiled. */
const warmUpRounds = 2;

export const benchmark: Benchmark = {
  what: "CPU of a dispatcher process per message of 11 KB, in microseconds; DynamoDB and SES run elsewhere",
  size: 500,
  bars: [{ figure: "ratio:cpu", atLeast: 2 }],
  run: compare,
};

async function compare(messages: number): Promise<Findings> {
  const sink = await startSink();
  Object.assign(process.env, environmentFor(sink.endpoints));
  const ours = await ourDispatcher(sink.endpoints);
  const peer = textbookDispatcher({ tables: new DynamoDBClient(), mail: new SESv2Client(), tableNames });
  let turns = 0;
  const measure = (dispatch: Dispatcher) => () => {
    turns += 1;
    return cpuPerMessage(sink, dispatch, { messages, prefix: `turn${turns}` });
  };
  await inTurns(warmUpRounds, [measure(ours), measure(peer)]);
  const [oursUs, peerUs] = await inTurns(rounds, [measure(ours), measure(peer)]);
  await sink.close();
  const ratios = oursUs.map((us, turn) => (peerUs[turn] ?? Number.NaN) / us);
  return {
    ours: { cpuUsPerMessage: spread(oursUs) },
    peer: { cpuUsPerMessage: spread(peerUs) },
    ratio: { cpu: round(median(ratios)) },
    rounds,
  };
}

/** @throws when a message was not sent exactly once */
async function cpuPerMessage(
  sink: Sink,
  dispatch: Dispatcher,
  { messages, prefix }: { readonly messages: number; readonly prefix: string },
): Promise<number> {
  const batches = batchesOf({ messages, prefix, batchSize: 10, domainOf: mixedProviders, htmlBytes });
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
