import { draw } from "../../../shared/domain/provider-model/draw.ts";
import type { VirtualClock } from "../virtual-clock.ts";
import type { Account, CallAnswer } from "./account.ts";
import type { Backlog, Delivery } from "./backlog.ts";

export interface Peer {
  readonly clock: VirtualClock;
  readonly account: Account;
  readonly backlog: Backlog;
  /** Which of the environments it is, from 0. */
  readonly index: number;
  /** Messages a receive brings. */
  readonly batchSize: number;
}

/** What is not deleted comes back after SQS's usual visibility timeout, ms. */
const visibilityMs = 30_000;

/** A loop of receive, send and delete that knows nothing of the rate: each batch at once, the SDK's retries, no more. */
export async function unpaced({ clock, account, backlog, batchSize }: Peer): Promise<void> {
  while (!account.isOver) {
    const batch = await backlog.receive(batchSize);
    await Promise.all(batch.map((each) => work({ clock, backlog }, each, () => account.send(each.message))));
  }
}

/** The same loop behind an in-process limiter at the account's full rate: nodemailer's `sendingRate`, sqs-consumer and a limiter. It is told of the raise at once. */
export async function limitedInProcess({ clock, account, backlog, batchSize }: Peer): Promise<void> {
  let nextMs = clock.nowMs();
  const turn = async (): Promise<void> => {
    const atMs = Math.max(nextMs, clock.nowMs());
    nextMs = atMs + 1000 / account.perSecond;
    if (atMs > clock.nowMs()) await clock.wait(atMs - clock.nowMs());
  };
  while (!account.isOver) {
    const batch = await backlog.receive(batchSize);
    await Promise.all(
      batch.map((each) => work({ clock, backlog }, each, () => turn().then(() => account.send(each.message)))),
    );
  }
}

/** A sequential sender does 20 mails a second at 50 ms: MaximumConcurrency, 2 at least, is all that keeps to the rate. It follows the raise at once. */
export async function limitedByConcurrency({ clock, account, backlog, index, batchSize }: Peer): Promise<void> {
  while (!account.isOver) {
    if (index >= Math.max(2, Math.floor(account.perSecond / 20))) {
      await clock.wait(1_000);
      continue;
    }
    const batch = await backlog.receive(batchSize);
    for (const each of batch) await work({ clock, backlog }, each, () => account.send(each.message));
  }
}

async function work(
  { clock, backlog }: Pick<Peer, "clock" | "backlog">,
  delivery: Delivery,
  send: () => Promise<CallAnswer>,
): Promise<void> {
  if ((await withRetries(clock, delivery.message, send)) === "accepted") backlog.deleted();
  else backlog.returned(delivery, Math.max(1, delivery.atMs + visibilityMs - clock.nowMs()), delivery.receives);
}

/** As the SDK does it: three attempts; a throttled one waits for up to 0.5 and 1 s, at random. */
async function withRetries(clock: VirtualClock, message: number, send: () => Promise<CallAnswer>): Promise<CallAnswer> {
  for (let retries = 0; retries < 2; retries += 1) {
    if ((await send()) === "accepted") return "accepted";
    await clock.wait(draw(message, retries, clock.nowMs()) * 500 * 2 ** retries);
  }
  return send();
}
