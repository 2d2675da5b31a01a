import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { allowanceAttribute, allowanceIn } from "../../../shared/adapters/dynamo/allowance-item.ts";
import { tableKeys } from "../../../shared/adapters/dynamo/table-keys.ts";
import { parseMailbox } from "../../../shared/contracts/email-address.ts";
import { sendersOf } from "../../../shared/contracts/email-request.ts";
import { parseSendMessage, type SendMessage } from "../../../shared/contracts/send-message.ts";
import { streamFor } from "../../../shared/domain/routing/choose-pool.ts";
import { mailboxProviderGroup } from "../../../shared/domain/routing/mailbox-provider.ts";
import type { RuledMail } from "../../../shared/domain/routing/pool-rule.ts";
import { isDedicated, type Route, routesOf } from "../../../shared/domain/routing/route.ts";
import type { AllowanceKey } from "../../../shared/domain/sending/allowance.ts";
import { utcDay } from "../../../shared/domain/utc-day.ts";
import type { Handler } from "../engine/function.ts";
import type { AllClientSettings } from "../system/client-settings.ts";
import type { Surroundings } from "../system/clients.ts";
import { pools, providers, streams } from "../system/configuration.ts";
import { once } from "./idempotency.ts";

/** The SDK's clients as they come, but for a time limit, which the SDK does not set. */
export const textbookClients: AllClientSettings = {
  tables: { attempts: 4, timeoutMs: 3_000 },
  counters: { attempts: 4, timeoutMs: 3_000 },
  queues: { attempts: 3, timeoutMs: 3_000 },
  mail: { attempts: 3, timeoutMs: 3_000 },
};

/**
 * The dispatcher one writes by the book: a batch whose failed records come back, idempotency around each record, one
 * counter for each message, and whatever the SDK retries. It holds and parks nothing.
 */
export function startTextbookDispatcher(around: Surroundings): Handler {
  return async (event, context) => {
    const { Records: records } = event as SQSEvent;
    const ends = await Promise.allSettled(records.map((record) => work(around, record, context)));
    const failed = records.filter((_, index) => ends[index]?.status === "rejected");
    if (failed.length === records.length) throw new Error("all records failed");
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

async function work(
  around: Surroundings,
  { body }: SQSRecord,
  context: { getRemainingTimeInMillis(): number },
): Promise<void> {
  const parsed = parseSendMessage(body);
  if (parsed.kind !== "good") throw new Error("malformed");
  const { message } = parsed;
  const stream = streams.get(message.stream);
  const senders = sendersOf(message.email);
  if (stream === undefined || senders.some(({ address }) => !address.includes("@example.com"))) {
    throw new Error("not allowed");
  }
  if ((message.sendAfter ?? 0) > around.clock.nowMs()) throw new Error("not yet");
  const store = { client: around.clients.tables, table: around.tables.ledger, clock: around.clock };
  await once(store, message.id, context.getRemainingTimeInMillis(), async () => {
    for (const route of routesOf(streamFor(stream, ruled(message)), pools))
      if (await sendBy(around, route, message)) return;
    throw new Error("no room");
  });
}

function ruled({ email }: SendMessage): RuledMail {
  const { ToAddresses = [] } = email.Destination;
  const domains = new Set(ToAddresses.map((to) => to.split("@")[1] ?? ""));
  return {
    from: parseMailbox(email.FromEmailAddress)?.address ?? "",
    domains,
    providers: new Set([...domains].map((domain) => providers.of(domain))),
    tags: (email.EmailTags ?? []).map(({ Name, Value }) => ({ name: Name, value: Value })),
  };
}

/** @returns false when the route has no room */
async function sendBy(around: Surroundings, route: Route, message: SendMessage): Promise<boolean> {
  const day = utcDay(around.clock.nowMs());
  const { ToAddresses = [] } = message.email.Destination;
  if (isDedicated(route)) {
    const units = new Map<string, number>();
    for (const to of ToAddresses) {
      const provider = providers.of(to.split("@")[1] ?? "");
      units.set(provider, (units.get(provider) ?? 0) + 1);
    }
    for (const [provider, recipients] of units) {
      const key = { pool: route.pool, route: route.kind, provider, day };
      if (!(await count(around, key, recipients))) return false;
    }
  }
  const tags = { "sw-pool": route.pool, "sw-route": route.kind, "sw-day": day, "sw-stream": message.stream };
  await around.clients.mail.send(
    new SendEmailCommand({
      FromEmailAddress: message.email.FromEmailAddress,
      Destination: { ToAddresses },
      Content: { Simple: message.email.Content.Simple as never },
      ConfigurationSetName: route.configurationSet,
      EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  return true;
}

async function count(
  { clients, tables }: Surroundings,
  { provider, ...of }: AllowanceKey,
  recipients: number,
): Promise<boolean> {
  const Key = tableKeys.allowances(of, mailboxProviderGroup(provider));
  const { Item: item } = await clients.counters.send(new GetItemCommand({ TableName: tables.state, Key }));
  try {
    await clients.counters.send(
      new UpdateItemCommand({
        TableName: tables.state,
        Key,
        UpdateExpression: "SET #p.used = #p.used + :n",
        ConditionExpression: "#p.used <= :most",
        ExpressionAttributeNames: { "#p": allowanceAttribute(provider) },
        ExpressionAttributeValues: {
          ":n": { N: String(recipients) },
          ":most": { N: String((allowanceIn(item, provider)?.limit ?? 0) - recipients) },
        },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
