import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { queueCall, type RecordedCall } from "./call-log.ts";
import { deploy, type EngineClients, engineClients, queueClient } from "./deploy.ts";
import { writeDeployment } from "./deployment-file.ts";
import { type EventBus, startEventBus } from "./engines/event-bus.ts";
import { type CallGate, type QueueEngine, startQueueEngine } from "./engines/queue-engine.ts";
import { type SesEngine, startSesEngine } from "./engines/ses/engine.ts";
import { notAuthorized } from "./engines/ses/refusals.ts";
import type { SendOrder } from "./engines/ses/send-orders.ts";
import { startTableEngine, type TableEngine } from "./engines/table-engine.ts";
import type { TableAnswer } from "./engines/table-orders.ts";
import { eventPublisher } from "./event-publisher.ts";
import { type FunctionProcess, type Wiring, wireFunctions } from "./functions/wiring.ts";
import { startClock, timeKeeper } from "./kept-time.ts";
import { deploymentFileIn } from "./local-systems.ts";
import { permissionsOf } from "./permissions/permissions.ts";
import { type CallJudge, callJudge, refusalSentence } from "./permissions/refusal.ts";
import { type Limits, readLimits } from "./run/limits-in-force.ts";
import { type Assembly, synthesize } from "./synthesize.ts";
import { resolverFor } from "./template/resolve.ts";
import { nameOf, type Template } from "./template/template.ts";
import type { VirtualClock } from "./virtual-time.ts";

export interface LocalSystemOptions {
  /** Folder everything is kept in; a system started again on the same folder goes on. */
  readonly dataFolder: string;
  /** Path of the configuration file from the repository's root, and what it holds. */
  readonly configurationFile: string;
  readonly configuration: Configuration;
  /** Virtual time of a first start, epoch ms; later starts go on where the last one was. */
  readonly startMs: number;
  /** True for runs in virtual time: batches close as soon as their queue is empty, and time stands still in between. */
  readonly jumps: boolean;
  /** Mail of all streams on a day of full volume, recipients; the mailbox-provider models are scaled to it. */
  readonly fullPerDay: number;
  /** IPs of the configuration that the account does not have yet. */
  readonly leasedLater?: ReadonlySet<string>;
  readonly onCall?: (call: RecordedCall) => void;
}

/** Everything the template declares, running on this machine. */
export class LocalSystem {
  readonly clock: VirtualClock;
  readonly template: Template;
  readonly clients: EngineClients;
  readonly mail: SesEngine;
  readonly #queues: QueueEngine;
  readonly #tables: TableEngine;
  readonly #bus: EventBus;
  readonly #wiring: Wiring;
  readonly #keepTime: () => void;
  readonly #eventsFile: string;

  constructor(parts: {
    clock: VirtualClock;
    template: Template;
    clients: EngineClients;
    mail: SesEngine;
    queues: QueueEngine;
    tables: TableEngine;
    bus: EventBus;
    wiring: Wiring;
    keepTime: () => void;
    eventsFile: string;
  }) {
    this.clock = parts.clock;
    this.template = parts.template;
    this.clients = parts.clients;
    this.mail = parts.mail;
    this.#queues = parts.queues;
    this.#tables = parts.tables;
    this.#bus = parts.bus;
    this.#wiring = parts.wiring;
    this.#keepTime = parts.keepTime;
    this.#eventsFile = parts.eventsFile;
  }

  /** Addresses for `AWS_ENDPOINT_URL_*`. */
  get endpoints(): { sqs: string; dynamodb: string; sesv2: string } {
    return { sqs: this.#queues.url, dynamodb: this.#tables.url, sesv2: this.mail.url };
  }

  /** Name of the resource of a type whose logical id has this part. */
  name(type: string, idPart: string): string {
    return nameOf(this.template, type, idPart);
  }

  queueUrl(idPart: string): string {
    return this.#queues.queueUrl(this.name("AWS::SQS::Queue", idPart));
  }

  queueState(idPart: string) {
    return this.#queues.state(this.name("AWS::SQS::Queue", idPart));
  }

  function(idPart: string): FunctionProcess {
    return this.#wiring.functions(this.name("AWS::Lambda::Function", idPart));
  }

  /** Every limit that the warming allowances of the run had. */
  limits(): Limits {
    return readLimits(this.#eventsFile);
  }

  /** Answers every send so for a while, seconds of the clock; null ends it. */
  orderSends(answer: SendOrder | null, forSeconds: number): void {
    this.mail.order(answer, this.clock.nowMs() + forSeconds * 1000);
  }

  /** Answers every call on a table so for a while, seconds of the clock; null ends it. */
  orderTable(idPart: string, answer: TableAnswer | null, forSeconds: number): void {
    const table = this.name("AWS::DynamoDB::GlobalTable", idPart);
    this.#tables.order(table, answer, this.clock.nowMs() + forSeconds * 1000);
  }

  /** Asks the console function, as a CloudWatch dashboard would. */
  console(event: unknown): Promise<unknown> {
    return this.function("Console").invoke(event);
  }

  /** Runs whatever is due by the clock as it stands: schedules, and SES's own deliveries. */
  async runDue(): Promise<void> {
    await this.#wiring.schedules.runDue(this.clock.nowMs());
    await this.mail.advance(this.clock.nowMs());
  }

  /** Jumps to a moment, runs what came due, and waits until all is quiet. */
  async jumpTo(epochMs: number): Promise<void> {
    this.clock.advanceTo(epochMs);
    this.#keepTime();
    await this.runDue();
    await this.settle();
  }

  /** Waits until no consumed queue holds a visible message and nobody is at work. */
  async settle(): Promise<void> {
    for (let quietChecks = 0; quietChecks < 2; ) {
      await this.mail.idle();
      const quiet = this.#isQuiet();
      quietChecks = quiet ? quietChecks + 1 : 0;
      await new Promise((resolve) => (quiet ? setImmediate(resolve) : setTimeout(resolve, 2)));
    }
  }

  #isQuiet(): boolean {
    return this.#wiring.sources.every(({ queue, source }) => !source.busy && this.#queues.state(queue).visible === 0);
  }

  async close(): Promise<void> {
    this.#keepTime();
    await this.#wiring.close();
    await this.mail.close();
    await Promise.all([this.#queues.close(), this.#tables.close(), this.#bus.close()]);
  }
}

/** Starts the system: synthesizes the stack, starts the engines, makes what the template declares, runs its functions. */
export async function startLocalSystem(options: LocalSystemOptions): Promise<LocalSystem> {
  return startAssembly(options, await synthesize(options.configurationFile, join(options.dataFolder, "cdk.out")));
}

/** Starts what an assembly declares. */
export async function startAssembly(options: LocalSystemOptions, { template, folder }: Assembly): Promise<LocalSystem> {
  const { dataFolder, configuration, onCall } = options;
  mkdirSync(join(dataFolder, "logs"), { recursive: true });
  const clockFile = join(dataFolder, "clock");
  const { clock, sinceMs } = startClock(clockFile, options);
  const keepNow = timeKeeper(clockFile);
  const permissions = permissionsOf(template);
  const allowed = callJudge(permissions);
  const judge: CallJudge = (call) => {
    onCall?.(call);
    return allowed(call);
  };
  const queues = await startQueueEngine(join(dataFolder, "queues"), queueGate(judge));
  const tables = await startTableEngine(join(dataFolder, "tables"), onCall, permissions);
  const eventsFile = join(dataFolder, "events.jsonl");
  const bus = await startEventBus(eventsFile, judge);
  const mail = await startMail(options, clock, judge, () => clients);
  const clients = engineClients({ tables: tables.url, queues: queues.url, mail: mail.url });
  const resolve = resolverFor(template, queues.queueUrl);
  await deploy({ template, resolve, permissions }, clients, configuration.identities);
  for (const ip of Object.values(configuration.pools).flatMap(({ ips }) => ips)) {
    if (!options.leasedLater?.has(ip)) mail.leaseIp(ip);
  }
  const wiring = await wireFunctions({
    template,
    resolve,
    assets: folder,
    logs: join(dataFolder, "logs"),
    clock,
    sinceMs,
    permissions,
    queuesAs: (caller) => queueClient(queues.url, caller),
    queueUrl: queues.queueUrl,
    endpoints: { SQS: queues.url, SNS: queues.url, DYNAMODB: tables.url, SESV2: mail.url, EVENTBRIDGE: bus.url },
    jumps: options.jumps,
  });
  let writtenAheadMs: number | undefined;
  const keepTime = (): void => {
    keepNow(clock.nowMs());
    if (clock.aheadMs === writtenAheadMs) return;
    writtenAheadMs = clock.aheadMs;
    writeDeployment(deploymentFileIn(dataFolder), configuration, {
      clock,
      template,
      queueUrl: queues.queueUrl,
      urls: { queues: queues.url, tables: tables.url, mail: mail.url, events: bus.url },
    });
  };
  keepTime();
  return new LocalSystem({ clock, template, clients, mail, queues, tables, bus, wiring, keepTime, eventsFile });
}

/** SQS writes actions in lower case. */
function queueGate(judge: CallJudge): CallGate {
  return (request) => {
    const call = queueCall(request);
    const refusal = call && judge(call);
    return refusal && refusalSentence(refusal).replaceAll(refusal.action, refusal.action.toLowerCase());
  };
}

function startMail(
  { dataFolder, configuration, fullPerDay }: LocalSystemOptions,
  clock: VirtualClock,
  judge: CallJudge,
  clients: () => EngineClients,
): Promise<SesEngine> {
  const directory = providerDirectory(configuration.mailboxProviders);
  return startSesEngine({
    clock,
    databaseFile: join(dataFolder, "ses.db"),
    fullPerDay,
    providerOf: (domain) => directory.of(domain),
    publish: eventPublisher(() => clients().topics),
    onCall: ({ accessKeyId: caller, action, resources }) => {
      for (const resource of resources) {
        const refusal = judge({ caller, action, resource });
        if (refusal === undefined) continue;
        // A send is refused in words of its own.
        if (action.startsWith("ses:Send")) throw notAuthorized(refusal.user, action, resource);
        throw new Error(refusalSentence(refusal));
      }
    },
  });
}
