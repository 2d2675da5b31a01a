import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { LocalSystem } from "../../infra/local/local-system.ts";
import { DynamoSetAsideStore } from "../../shared/adapters/dynamo/set-aside-store.ts";
import type { SetAside } from "../../shared/domain/set-aside/set-aside.ts";
import { listed } from "../support/set-aside.ts";

/** A SendMessage as an application writes it; `changes` go over its fields. */
export function mail(id: string, to: string | string[], changes: Record<string, unknown> = {}) {
  return {
    version: 1,
    id,
    stream: "newsletter",
    email: {
      FromEmailAddress: "News <news@example.com>",
      Destination: { ToAddresses: [to].flat() },
      Content: { Simple: { Subject: { Data: `About ${id}` }, Body: { Text: { Data: "Hello." } } } },
    },
    ...changes,
  };
}

/** Puts bodies on a queue as any AWS SDK does, ten at a time. */
export async function enqueue(sqs: SQSClient, queueUrl: string, bodies: readonly unknown[]): Promise<void> {
  for (let start = 0; start < bodies.length; start += 10) {
    const entries = bodies.slice(start, start + 10).map((body, index) => ({
      Id: String(index),
      MessageBody: typeof body === "string" ? body : JSON.stringify(body),
    }));
    const { Failed: failed = [] } = await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
    );
    if (failed.length > 0) throw new Error(`not enqueued: ${failed[0]?.Message}`);
  }
}

/** Everything on the list of what was set aside in a place, with its body. */
export async function setAsideIn(
  system: LocalSystem,
  place: SetAside["place"],
): Promise<(SetAside & { readonly text: string | undefined })[]> {
  const table = system.name("AWS::DynamoDB::GlobalTable", "HeldTable");
  const store = new DynamoSetAsideStore(system.clients.tables, table);
  const entries = await listed(store, place, system.clock.nowMs());
  return Promise.all(entries.map(async (entry) => ({ ...entry, text: await store.body(entry) })));
}
