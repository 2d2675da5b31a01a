import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import type { ManualClock } from "../../support/fakes/manual-clock.ts";
import { check } from "../benchmark.ts";
import { tableNames } from "../dispatchers/environment.ts";
import { type Dispatcher, ourDispatcher, type StreamInput } from "../dispatchers/ours.ts";
import { textbookDispatcher } from "../dispatchers/textbook.ts";
import { batchesOf, type MailOf } from "../mail.ts";
import { type CallLedger, countCalls } from "./call-ledger.ts";
import type { Engines } from "./engines.ts";

/** The pace by which the clock moves, messages a second: what an instance reads again after seconds counts for it. */
const messagesPerSecond = 100;

export interface Counted extends MailOf {
  /** What stream `news` has otherwise than by default. */
  readonly stream?: StreamInput;
}

/** Sends so many messages through one new instance of the production dispatcher and counts what it calls. */
export async function countOurs(
  { endpoints }: Pick<Engines, "endpoints">,
  clock: ManualClock,
  { stream = {}, ...mail }: Counted,
): Promise<CallLedger> {
  const dispatch = await ourDispatcher(endpoints, stream);
  return countCalls(() => sendAll(dispatch, mail, () => clock.advance((mail.batchSize / messagesPerSecond) * 1000)));
}

/** The same for the textbook dispatcher, with clients as the SDK makes them. */
export async function countTextbook(mail: MailOf): Promise<CallLedger> {
  const dispatch = textbookDispatcher({ tables: new DynamoDBClient(), mail: new SESv2Client(), tableNames });
  return countCalls(() => sendAll(dispatch, mail));
}

async function sendAll(dispatch: Dispatcher, mail: MailOf, afterEach: () => void = () => {}): Promise<void> {
  for (const batch of batchesOf(mail)) {
    const { batchItemFailures: failed } = await dispatch(batch);
    check(failed.length === 0, `${failed.length} messages went back to their queue`);
    afterEach();
  }
}
