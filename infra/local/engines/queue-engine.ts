import { DatabaseSync } from "node:sqlite";
import { buildApp } from "fauxqs";
import { account, region } from "../template/resolve.ts";
import { dateAnswers } from "./answer-date.ts";
import { answerOwnSiteOnly } from "./own-site.ts";
import { serverUrl } from "./server-url.ts";

/** Messages of one queue by what they wait for. */
export interface QueueState {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** A running SQS and SNS engine. */
export interface QueueEngine {
  readonly url: string;
  /** Address to use for a queue: the one the engine itself gives names a host that does not resolve. */
  queueUrl(name: string): string;
  /** State of a queue at this moment. */
  state(name: string): QueueState;
  close(): Promise<void>;
}

/** `body` is what the SDK sent, parsed. */
export interface QueueRequest {
  readonly headers: CallHeaders;
  readonly body: unknown;
}

/** Sees each call before it is carried out. @returns why the caller may not make it, in SQS's words */
export type CallGate = (request: QueueRequest) => string | undefined;
export type CallHeaders = Readonly<Record<string, string | string[] | undefined>>;

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>["stores"]>;

/**
 * What is used of fauxqs's inner modules. Its own start function keeps queues on disk but listens on every address, so
 * the pieces are put together here. Bound to the pinned version; test/contract/queue-engine.test.ts holds it honest.
 */
interface Inner {
  readonly SqsStore: new () => Stores["sqsStore"];
  readonly SnsStore: new () => Stores["snsStore"];
  readonly S3Store: new () => Stores["s3Store"];
  readonly PersistenceManager: new (folder: string) => Manager;
}

type Manager = NonNullable<Stores["sqsStore"]["persistence"]> & {
  load(sqs: Stores["sqsStore"], sns: Stores["snsStore"], s3: Stores["s3Store"]): void;
  close(): void;
};

const innerFiles = [
  "./sqs/sqsStore.js",
  "./sns/snsStore.js",
  "./s3/s3Store.js",
  "./persistence.js",
  "./sqs/sqsTypes.js",
];

async function innerModules(): Promise<Inner> {
  const main = import.meta.resolve("fauxqs");
  const [sqs, sns, s3, persistence, types] = await Promise.all(
    innerFiles.map((file) => import(new URL(file, main).href)),
  );
  takeAllOfUnicode(types.INVALID_MESSAGE_BODY_CHAR);
  return {
    SqsStore: sqs.SqsStore,
    SnsStore: sns.SnsStore,
    S3Store: s3.S3Store,
    PersistenceManager: persistence.PersistenceManager,
  };
}

/** SQS takes characters beyond U+FFFF (an emoji in a subject); fauxqs looks at their halves and refuses them. */
function takeAllOfUnicode(invalid: RegExp): void {
  // The only way to change a pattern that other modules hold already.
  invalid.compile("[^\\u0009\\u000A\\u000D\\u0020-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]", "u");
}

/** Stores whose queues and topics are read from, and written through to, a folder. */
async function persistentStores(folder: string): Promise<{ stores: Stores; manager: Manager }> {
  const { SqsStore, SnsStore, S3Store, PersistenceManager } = await innerModules();
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const manager = new PersistenceManager(folder);
  // What a killed process wrote survives it without a flush to disk each time; only a power cut could lose it.
  const database: unknown = Reflect.get(manager, "db");
  if (database instanceof DatabaseSync) database.exec("PRAGMA synchronous = NORMAL");
  // Loaded before the stores write through: loading inserts what it loads.
  manager.load(stores.sqsStore, stores.snsStore, stores.s3Store);
  stores.sqsStore.persistence = manager;
  stores.snsStore.persistence = manager;
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = manager;
  return { stores, manager };
}

/** Starts fauxqs on loopback. @param folder - where queues and topics are kept; they survive the process */
export async function startQueueEngine(folder: string, gate: CallGate = () => undefined): Promise<QueueEngine> {
  const { stores, manager } = await persistentStores(folder);
  const app = buildApp({ logger: false, host: "127.0.0.1", defaultRegion: region, stores });
  app.addHook("preHandler", async (request, reply) => {
    const message = gate({ headers: request.headers, body: request.body });
    if (message === undefined) return;
    reply.code(403).header("content-type", "application/x-amz-json-1.0");
    reply.header("x-amzn-query-error", "AccessDenied;Sender");
    return reply.send(JSON.stringify({ __type: "com.amazon.coral.service#AccessDeniedException", message }));
  });
  answerOwnSiteOnly(app.server);
  dateAnswers(app.server);
  await app.listen({ port: 0, host: "127.0.0.1" });
  const url = serverUrl(app.server);
  return {
    url,
    queueUrl: (name) => `${url}/${account}/${name}`,
    state: (name) => stateOf(stores, name),
    close: async () => {
      await app.close();
      manager.close();
    },
  };
}

function stateOf({ sqsStore }: Stores, name: string): QueueState {
  for (const queue of sqsStore.allQueues()) {
    if (queue.name !== name) continue;
    queue.processTimers(); // counts are kept as of the last call; what came due since is visible now
    const count = (attribute: Parameters<typeof queue.getAttribute>[0]): number =>
      Number(queue.getAttribute(attribute) ?? 0);
    return {
      visible: count("ApproximateNumberOfMessages"),
      inFlight: count("ApproximateNumberOfMessagesNotVisible"),
      delayed: count("ApproximateNumberOfMessagesDelayed"),
    };
  }
  throw new Error(`there is no queue ${name}`);
}
