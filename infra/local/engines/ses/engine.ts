import { Ordered } from "../ordered.ts";
import type { SesContext } from "./context.ts";
import { Carrier } from "./delivery/carrier.ts";
import type { Trouble } from "./delivery/deliver.ts";
import { ProviderDesks } from "./delivery/provider-desk.ts";
import { defaultPool, SourceIps } from "./delivery/source-ip.ts";
import { Emitter } from "./events/emitter.ts";
import { Publisher } from "./events/publisher.ts";
import { serve } from "./http-server.ts";
import { SendLimits } from "./limits/send-limits.ts";
import { accountState } from "./operations/account-state.ts";
import { type AccountSettings, accountDefaults, noFaults, type SesEngineOptions, type SesFaults } from "./options.ts";
import { type OutboxEntry, readOutbox } from "./outbox.ts";
import { outboxPage } from "./page.ts";
import type { SendOrder } from "./send-orders.ts";
import { openDatabase } from "./state/database.ts";
import { Messages } from "./state/messages.ts";
import { openRegistry } from "./state/registry.ts";
import { Suppression } from "./state/suppression.ts";
import { UnpublishedEvents } from "./state/unpublished.ts";
import { transactor } from "./transaction.ts";

/** Deliveries that are fired in one transaction. */
const firedAtOnce = 200;

/** A running engine. */
export interface SesEngine {
  /** For `AWS_ENDPOINT_URL_SESV2`. */
  readonly url: string;
  /** May be changed while the engine runs. */
  readonly account: AccountSettings;
  /** May be changed while the engine runs. */
  readonly faults: SesFaults;
  /** Providers that refuse everything from dedicated IPs; may be changed while the engine runs. */
  readonly troubles: Map<string, Trouble>;
  /** Answers every send so from now on, up to a time of the engine's clock; null ends it. */
  order(answer: SendOrder | null, untilMs: number): void;
  /** Resolves when nothing is due by the clock and every event is on its topic. */
  idle(): Promise<void>;
  /** Fires everything that is due up to a time, in order: retries, the end of retrying, complaints. */
  advance(nowMs: number): Promise<void>;
  /** When something is due next, if anything is. */
  nextDueMs(): number | undefined;
  /** Messages after the n-th, oldest first. @default limit 1000 */
  outbox(afterN: number, limit?: number): OutboxEntry[];
  /** A page that shows the latest messages and the state of each dedicated IP. */
  page(): string;
  /**
   * Gives the account a dedicated IP, as a support case does; does nothing if it has it already.
   * `established`: the providers know it at full volume.
   */
  leaseIp(ip: string, lease?: { poolName?: string; established?: boolean }): void;
  /** Stops taking calls and publishing; what is not done yet is done after the next start on the same file. */
  close(): Promise<void>;
}

/** Wires the parts over one database; nothing listens yet. */
function assemble(options: SesEngineOptions) {
  const account = { ...accountDefaults, ...options.account };
  const faults: SesFaults = Object.assign(options.faults ?? {}, { ...noFaults, ...options.faults });
  const { prior = "mid", fullPerDay = 50_000, seed = 1, clock } = options;
  const db = openDatabase(options.databaseFile ?? ":memory:");
  const registry = openRegistry(db);
  const messages = new Messages(db);
  const events = new UnpublishedEvents(db);
  const desks = new ProviderDesks({ prior, fullPerDay, seed }, registry);
  const transact = transactor(db, {
    beforeCommit: () => desks.save(),
    afterCommit: () => publisher.kick(),
    afterRollback: () => {
      desks.reload();
      for (const documents of Object.values(registry)) documents.reload();
    },
  });
  const publisher: Publisher = new Publisher({ events, publish: options.publish, faults, transact });
  if (!registry.account.has("account")) registry.account.put("account", accountState({ registry, account }));
  const emitter = new Emitter(registry, events, options.providerOf);
  const suppression = new Suppression(registry);
  const troubles = new Map<string, Trouble>();
  const world = { desks, troubles, providerOf: options.providerOf, awayShare: options.awayShare ?? 0.002 };
  const carrier = new Carrier({ ...world, messages, emitter, suppression });
  // A clock that runs fast gives fractions; SES and the database know whole milliseconds.
  const nowMs = (): number => Math.floor(clock.nowMs());
  const context: SesContext = {
    options,
    accountId: options.accountId ?? "000000000000",
    account,
    registry,
    messages,
    limits: new SendLimits(options, messages, nowMs()),
    ordered: new Ordered<SendOrder>(),
    sourceIps: new SourceIps(registry, options),
    emitter,
    carrier,
    suppression,
    nowMs,
    transact,
  };
  return { context, faults, troubles, desks, publisher, db };
}

/** Fires what is due, a transaction at a time, so that calls are still answered in between. */
async function fireUpTo({ messages, carrier, transact }: SesContext, nowMs: number): Promise<void> {
  for (let due = messages.due(nowMs, firedAtOnce); due.length > 0; due = messages.due(nowMs, firedAtOnce)) {
    const batch = due;
    transact(() => {
      for (const delivery of batch) carrier.fire(delivery, delivery.dueMs ?? nowMs);
    });
    await new Promise(setImmediate);
  }
}

function leaseIp(context: SesContext, ip: string, lease: { poolName?: string; established?: boolean }): void {
  const { registry } = context;
  if (registry.ips.has(ip)) return;
  const { poolName = defaultPool, established = false } = lease;
  if (poolName !== defaultPool && !registry.pools.has(poolName)) throw new Error(`there is no pool ${poolName}`);
  const warmup = accountState(context).autoWarmupEnabled
    ? { percentage: 0, autoSinceMs: context.nowMs() }
    : { percentage: 100 };
  context.transact(() => registry.ips.put(ip, { ip, poolName, established, ...warmup }));
}

/** Starts the engine: SES v2 on a loopback address, mailbox providers in the same process, state in one file. */
export async function startSesEngine(options: SesEngineOptions): Promise<SesEngine> {
  const { context, faults, troubles, desks, publisher, db } = assemble(options);
  const { messages } = context;
  const { server, url } = await serve(context, faults, options.port ?? 0);
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    await publisher.stop();
    db.close();
  };
  let closing: Promise<void> | undefined;
  // Events that an earlier process wrote down and did not publish.
  publisher.kick();
  return {
    url,
    account: context.account,
    faults,
    troubles,
    order: (answer, untilMs) => context.ordered.set(answer, untilMs),
    idle: async () => {
      await fireUpTo(context, context.nowMs());
      await publisher.drained();
    },
    advance: (nowMs) => fireUpTo(context, nowMs),
    nextDueMs: () => messages.nextDueMs(),
    outbox: (afterN, limit = 1000) => readOutbox(messages, afterN, limit),
    page: () => {
      const latest = readOutbox(messages, Math.max(0, messages.lastN() - 200), 200);
      return outboxPage({ messages: latest.toReversed(), desks: desks.view() });
    },
    leaseIp: (ip, lease = {}) => leaseIp(context, ip, lease),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
