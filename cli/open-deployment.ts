import { eventClient, mailControlClient, queueClient, tableClient } from "../shared/adapters/clients.ts";
import { DynamoAllowanceLedger } from "../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoAudit } from "../shared/adapters/dynamo/audit.ts";
import { DynamoBrakes } from "../shared/adapters/dynamo/brake-record.ts";
import { DynamoServiceClock } from "../shared/adapters/dynamo/dynamo-service-clock.ts";
import { DynamoHeldMail } from "../shared/adapters/dynamo/held-mail.ts";
import { DynamoLifeCycles } from "../shared/adapters/dynamo/life-cycles.ts";
import { DynamoOutcomeStore } from "../shared/adapters/dynamo/outcome-store.ts";
import { DynamoProgress } from "../shared/adapters/dynamo/progress.ts";
import { DynamoRampRecord } from "../shared/adapters/dynamo/ramp-record.ts";
import { DynamoReferenceEvidence } from "../shared/adapters/dynamo/reference-evidence.ts";
import { DynamoSendRates } from "../shared/adapters/dynamo/send-rates.ts";
import { DynamoSetAsideStore } from "../shared/adapters/dynamo/set-aside-store.ts";
import { DynamoWalls } from "../shared/adapters/dynamo/walls.ts";
import { EventBridgeEvents } from "../shared/adapters/eventbridge/eventbridge-events.ts";
import { paced } from "../shared/adapters/ses/control-pace.ts";
import { SesDedicatedIps } from "../shared/adapters/ses/ses-dedicated-ips.ts";
import { SesMailSettings } from "../shared/adapters/ses/ses-mail-settings.ts";
import { SqsMailQueue } from "../shared/adapters/sqs/sqs-mail-queue.ts";
import { SqsQueueDepths } from "../shared/adapters/sqs/sqs-queue-depths.ts";
import type { ClockPorts } from "../shared/app/clock/trust-clock.ts";
import type { GuardPorts } from "../shared/app/guard/check-guard.ts";
import type { LiftPorts } from "../shared/app/quality/lift-wall.ts";
import type { RampPorts, RampSettings } from "../shared/app/ramp/ramp-ports.ts";
import type { RequeuePorts } from "../shared/app/set-aside/requeue.ts";
import type { StatusPorts, StatusSettings } from "../shared/app/status/read-status.ts";
import type { Configuration } from "../shared/contracts/configuration.ts";
import { poolsOf, streamsOf } from "../shared/contracts/parse-configuration.ts";
import { providerDirectory } from "../shared/domain/routing/mailbox-provider.ts";
import type { SetAsideStore } from "../shared/ports/set-aside-store.ts";
import { clockOf, type Deployment, type NamedDeployment, readDeployment } from "./deployment.ts";
import type { Terminal } from "./terminal.ts";
import { terminalLog } from "./terminal-log.ts";

/** One deployment, as the verbs use it. */
export interface OpenDeployment {
  readonly configuration: Configuration;
  readonly settings: RampSettings & StatusSettings;
  readonly ports: StatusPorts & RampPorts & GuardPorts & LiftPorts & SetAsidePorts & ClockPorts;
}

/** What lies aside, as the verbs list it and put it back. */
type SetAsidePorts = RequeuePorts & { readonly setAside: SetAsideStore };

/** Opens the deployment that the command line, the environment or a local run names. @throws UsageError */
export function openDeployment(named: NamedDeployment, terminal: Terminal): OpenDeployment {
  const deployment = readDeployment(named, terminal);
  const { configuration } = deployment;
  return {
    configuration,
    settings: {
      pools: poolsOf(configuration),
      streams: streamsOf(configuration),
      providers: providerDirectory(configuration.mailboxProviders).names,
    },
    ports: portsOf(deployment, terminal),
  };
}

/** The same adapters as the functions have. The AWS SDK reads its settings from the environment. */
function portsOf(deployment: Deployment, terminal: Terminal): OpenDeployment["ports"] {
  Object.assign(process.env, deployment.environment);
  const { stateTable, heldTable } = deployment;
  const tables = tableClient();
  const mail = paced(mailControlClient());
  const log = terminalLog(terminal);
  const queues = queueClient();
  const origin = (url: string | undefined) => (url === undefined ? undefined : new SqsMailQueue(queues, url));
  return {
    clock: clockOf(deployment),
    serviceClock: new DynamoServiceClock(tables, stateTable),
    lifeCycles: new DynamoLifeCycles(tables, stateTable),
    progress: new DynamoProgress(tables, stateTable),
    brakes: new DynamoBrakes(tables, stateTable),
    audit: new DynamoAudit(tables, stateTable),
    rates: new DynamoSendRates(tables, stateTable),
    record: new DynamoRampRecord(tables, stateTable),
    allowances: new DynamoAllowanceLedger(tables, stateTable),
    outcomes: new DynamoOutcomeStore(tables, stateTable),
    walls: new DynamoWalls(tables, stateTable),
    evidence: new DynamoReferenceEvidence(tables, stateTable),
    held: new DynamoHeldMail(tables, heldTable),
    ips: new SesDedicatedIps(mail),
    settings: new SesMailSettings(mail),
    queues: new SqsQueueDepths(queues, {
      send: [deployment.sendQueueUrl],
      parked: [deployment.parkedQueueUrl],
      quarantine: [deployment.quarantineQueueUrl],
      deadLetters: deployment.deadLettersQueueUrls,
    }),
    setAside: new DynamoSetAsideStore(tables, heldTable),
    origins: {
      send: origin(deployment.sendQueueUrl),
      parked: origin(deployment.parkedQueueUrl),
      feedback: origin(deployment.feedbackQueueUrl),
      proof: origin(deployment.proofQueueUrl),
    },
    events: new EventBridgeEvents(eventClient(), log),
    log,
  };
}
