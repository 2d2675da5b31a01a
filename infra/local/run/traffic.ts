import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { demandOfHour } from "../../../shared/domain/provider-model/demand.ts";
import { draw } from "../../../shared/domain/provider-model/draw.ts";

/** Share of the mail by recipient domain. The three large providers' shares are those of the mailbox-provider model. */
const domainShares: readonly (readonly [share: number, domain: string])[] = [
  [0.5, "gmail.com"],
  [0.05, "googlemail.com"],
  [0.12, "outlook.com"],
  [0.08, "hotmail.com"],
  [0.13, "yahoo.com"],
  [0.02, "aol.com"],
  [0.03, "icloud.com"],
  [0.02, "gmx.de"],
  [0.02, "comcast.net"],
  [0.03, "a-company.example"],
];

/** Share of the mail by stream of the local configuration, and the address each sends from. */
const streamShares: readonly (readonly [share: number, stream: string, from: string])[] = [
  [0.5, "newsletter", "News <news@example.com>"],
  [0.3, "receipts", "Shop <receipts@example.com>"],
  [0.1, "digest", "News <digest@example.com>"],
  [0.1, "alerts", "alerts@example.com"],
];

/** People that the built-in traffic writes to. */
const population = 20_000;

/** Where in its day a share of an hour lies: messages with index from `first` to before `end`. */
export function messagesBetween(perDay: number, fromHour: number, toHour: number): { first: number; end: number } {
  const at = (time: number): number => {
    const hour = Math.min(23, Math.floor(time));
    const before = Array.from({ length: hour }, (_, each) => demandOfHour(perDay, each));
    return before.reduce((sum, each) => sum + each, 0) + Math.round((time - hour) * demandOfHour(perDay, hour));
  };
  return { first: at(fromHour), end: at(toHour) };
}

function pick<Choice extends readonly [number, ...unknown[]]>(choices: readonly Choice[], chance: number): Choice {
  let left = chance;
  for (const choice of choices) {
    left -= choice[0];
    if (left < 0) return choice;
  }
  throw new Error("the shares sum to less than 1");
}

/** The n-th message of a day: the same for the same day and n, so that a run that starts again enqueues no new mail. */
function message(day: number, n: number): string {
  const [, stream, from] = pick(streamShares, draw(day, n, 1));
  const [, domain] = pick(domainShares, draw(day, n, 2));
  const person = Math.floor(draw(day, n, 3) * population);
  return JSON.stringify({
    version: 1,
    id: `local-${day}-${n}`,
    stream,
    email: {
      FromEmailAddress: from,
      Destination: { ToAddresses: [`person-${person}@${domain}`] },
      Content: { Simple: { Subject: { Data: `Message ${n}` }, Body: { Text: { Data: "Hello from the local run." } } } },
    },
  });
}

/** Enqueues messages `first` to before `end` of a day, as an application would. */
export async function enqueueTraffic(
  sqs: SQSClient,
  queueUrl: string,
  day: number,
  { first, end }: { first: number; end: number },
): Promise<void> {
  for (let start = first; start < end; start += 10) {
    const entries = Array.from({ length: Math.min(10, end - start) }, (_, index) => ({
      Id: String(index),
      MessageBody: message(day, start + index),
    }));
    const { Failed: failed = [] } = await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
    );
    if (failed.length > 0) throw new Error(`${failed.length} messages were not enqueued: ${failed[0]?.Message}`);
  }
}
