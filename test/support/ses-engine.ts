import {
  CreateConfigurationSetCommand,
  CreateConfigurationSetEventDestinationCommand,
  CreateDedicatedIpPoolCommand,
  CreateEmailIdentityCommand,
  SESv2Client,
  SendEmailCommand,
  type SendEmailCommandInput,
} from "@aws-sdk/client-sesv2";
import { onTestFinished } from "vitest";
import { isUnknownUser } from "../../infra/local/engines/ses/delivery/deliver.ts";
import { type SesEngine, startSesEngine } from "../../infra/local/engines/ses/engine.ts";
import type { SesEngineOptions } from "../../infra/local/engines/ses/options.ts";

export const topicArn = "arn:aws:sns:eu-west-1:000000000000:ses-events";
export const hourMs = 3_600_000;
/** Midnight UTC, so that a virtual day begins with the test. */
export const startMs = Date.UTC(2026, 10, 2);
const allTypes = ["SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "DELIVERY_DELAY", "REJECT", "RENDERING_FAILURE"] as const;

interface Recipient {
  emailAddress: string;
  status: string;
  diagnosticCode: string;
}

/** An event as it arrives on the topic. */
export interface SesEvent {
  eventType: string;
  mail: {
    messageId: string;
    timestamp: string;
    destination: string[];
    tags: Record<string, string[]>;
    headers?: unknown[];
  };
  delivery?: { timestamp: string; processingTimeMillis: number; recipients: string[] };
  bounce?: { bounceType: string; bounceSubType: string; bouncedRecipients: Recipient[] };
  complaint?: { complainedRecipients: Recipient[] };
  deliveryDelay?: { timestamp: string; delayedRecipients: Recipient[] };
}

export interface TestEngine {
  engine: SesEngine;
  client: SESv2Client;
  clock: { nowMs(): number; atMs: number };
  events: SesEvent[];
  published: { topicArn: string; messages: string[] }[];
  calls: { accessKeyId: string; action: string; resources: string[] }[];
  /** Moves the clock, fires what is due, and waits for the events. */
  moveTo(ms: number): Promise<void>;
  send(input?: Partial<SendEmailCommandInput>): Promise<string>;
  /** Events of one message, after everything is published. */
  eventsOf(messageId: string): Promise<SesEvent[]>;
}

const providers: Record<string, string> = { "gmail.com": "gmail", "outlook.com": "microsoft", "yahoo.com": "yahoo" };
export const providerOf = (domain: string): string => providers[domain] ?? "other";

export const simple = (text = "Hello"): SendEmailCommandInput["Content"] => ({
  Simple: { Subject: { Data: "Greetings" }, Body: { Text: { Data: text } } },
});

/** A client that makes exactly the calls the test makes. */
export const clientOf = (endpoint: string): SESv2Client =>
  new SESv2Client({
    endpoint,
    region: "eu-west-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret" },
  });

/** Addresses at a domain that somebody has. */
export function knownAddresses(domain: string, count: number): string[] {
  const candidates = Array.from({ length: count * 2 + 20 }, (_unused, i) => `reader${i}@${domain}`);
  return candidates.filter((address) => !isUnknownUser(address)).slice(0, count);
}

/** What SES publishes to a topic that becomes a destination: no event. */
export const validated = "Successfully validated SNS topic for Amazon SES event publishing.";

/** Collects what is published, as SNS would take it. */
function collector() {
  const published: TestEngine["published"] = [];
  const events: SesEvent[] = [];
  const publish = async (arn: string, messages: string[]): Promise<void> => {
    published.push({ topicArn: arn, messages });
    events.push(
      ...messages.filter((message) => message !== validated).map((message) => JSON.parse(message) as SesEvent),
    );
  };
  return { published, events, publish };
}

/** An engine that holds nothing; no program answers mail unless told to. */
export async function openEngine(options: Partial<SesEngineOptions> = {}): Promise<TestEngine> {
  const clock = { atMs: startMs, nowMs: () => clock.atMs };
  const { published, events, publish } = collector();
  const calls: TestEngine["calls"] = [];
  const onCall: SesEngineOptions["onCall"] = (call) => void calls.push(call);
  const engine = await startSesEngine({ clock, publish, providerOf, onCall, awayShare: 0, ...options });
  const client = clientOf(engine.url);
  onTestFinished(async () => {
    client.destroy();
    await engine.close();
  });
  return {
    engine,
    client,
    clock,
    events,
    published,
    calls,
    moveTo: async (ms) => {
      clock.atMs = ms;
      await engine.idle();
    },
    send: async (input = {}) => {
      const usual = {
        FromEmailAddress: "shop@example.com",
        Destination: { ToAddresses: ["success@simulator.amazonses.com"] },
      };
      const answer = await client.send(new SendEmailCommand({ ...usual, Content: simple(), ...input }));
      return answer.MessageId ?? "";
    },
    eventsOf: async (messageId) => {
      await engine.idle();
      return events.filter(({ mail }) => mail.messageId === messageId);
    },
  };
}

/** An engine with a verified domain and one set `news`, whose events all go to the topic; with a pool it has an IP in it. */
export async function openSendingEngine(
  options: Partial<SesEngineOptions> & { pool?: string } = {},
): Promise<TestEngine> {
  const { pool, ...engineOptions } = options;
  const opened = await openEngine(engineOptions);
  await opened.client.send(new CreateEmailIdentityCommand({ EmailIdentity: "example.com" }));
  if (pool !== undefined) {
    await opened.client.send(new CreateDedicatedIpPoolCommand({ PoolName: pool }));
    opened.engine.leaseIp("203.0.113.7", { poolName: pool });
  }
  await createSet(opened.client, "news", pool);
  await opened.engine.idle();
  opened.published.length = 0;
  return opened;
}

export async function createSet(client: SESv2Client, name: string, pool?: string): Promise<void> {
  const delivery = pool === undefined ? {} : { DeliveryOptions: { SendingPoolName: pool } };
  await client.send(new CreateConfigurationSetCommand({ ConfigurationSetName: name, ...delivery }));
  await client.send(
    new CreateConfigurationSetEventDestinationCommand({
      ConfigurationSetName: name,
      EventDestinationName: "topic",
      EventDestination: { Enabled: true, MatchingEventTypes: [...allTypes], SnsDestination: { TopicArn: topicArn } },
    }),
  );
}
