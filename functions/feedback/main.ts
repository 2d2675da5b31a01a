import { counterClient, eventClient, queueClient, tableClient } from "../../shared/adapters/clients.ts";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoAllowanceStore } from "../../shared/adapters/dynamo/allowance-store.ts";
import { DynamoAudit } from "../../shared/adapters/dynamo/audit.ts";
import { DynamoBrakes } from "../../shared/adapters/dynamo/brake-record.ts";
import { DynamoDeadAddresses } from "../../shared/adapters/dynamo/dead-addresses.ts";
import { DynamoServiceClock } from "../../shared/adapters/dynamo/dynamo-service-clock.ts";
import { DynamoLifeCycles } from "../../shared/adapters/dynamo/life-cycles.ts";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoProofStore } from "../../shared/adapters/dynamo/proof-store.ts";
import { DynamoReceiptStore } from "../../shared/adapters/dynamo/receipt-store.ts";
import { DynamoReleaseMarks } from "../../shared/adapters/dynamo/release-marks.ts";
import { EmfMetrics } from "../../shared/adapters/emf-metrics.ts";
import { EventBridgeEvents } from "../../shared/adapters/eventbridge/eventbridge-events.ts";
import { mailFingerprint } from "../../shared/adapters/fingerprint.ts";
import { jsonLog } from "../../shared/adapters/json-log.ts";
import { SqsQuarantine } from "../../shared/adapters/sqs/sqs-quarantine.ts";
import { systemChance } from "../../shared/adapters/system-chance.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { systemWait } from "../../shared/adapters/system-wait.ts";
import { KnownAnswers } from "../../shared/app/brakes/known-answers.ts";
import { KnownBrakes } from "../../shared/app/brakes/known-brakes.ts";
import { FeedbackEnvironment } from "../../shared/contracts/environment.ts";
import { poolsOf, streamsOf } from "../../shared/contracts/parse-configuration.ts";
import { allowedIps } from "../../shared/domain/guard/outgoing-ip.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { settingsWith } from "../../shared/domain/warm-up/adaptive-settings.ts";
import { deployedConfiguration } from "../configuration.ts";
import { makeHandler } from "./handler.ts";

const environment = FeedbackEnvironment.parse(process.env);
const { STATE_TABLE: state, LEDGER_TABLE: ledger } = environment;
const tables = tableClient();
const outcomes = new DynamoOutcomeStore(tables, state);

const configuration = deployedConfiguration();
const pools = poolsOf(configuration);

export const handler = makeHandler({
  settings: {
    providers: providerDirectory(configuration.mailboxProviders),
    ownIps: [...pools.values()].flatMap(({ ips }) => ips),
    fingerprint: mailFingerprint,
    brakeRules: configuration.brakes,
    adaptivePools: new Map(
      [...pools.values()]
        .filter(({ plan }) => plan.adaptive)
        .map(({ name, plan }) => [name, settingsWith(plan.adaptiveSettings)]),
    ),
    refusingDead: new Set(
      [...streamsOf(configuration).values()].filter((each) => each.refuseDead).map((each) => each.name),
    ),
  },
  outgoing: { pools: [...pools.keys()], allowed: allowedIps([...pools.values()]) },
  ports: {
    lifeCycles: new DynamoLifeCycles(tables, state),
    audit: new DynamoAudit(tables, state),
    clock: systemClock,
    serviceClock: new DynamoServiceClock(tables, state),
    outcomes,
    knownAnswers: new KnownAnswers(outcomes),
    allowances: new DynamoAllowanceLedger(tables, state, systemWait),
    reservations: new DynamoAllowanceStore({ counters: counterClient(), reads: tables }, state, {
      clock: systemClock,
      chance: systemChance,
      wait: systemWait,
    }),
    releaseMarks: new DynamoReleaseMarks(tables, ledger, systemChance),
    quarantine: new SqsQuarantine(queueClient(), environment.QUARANTINE_QUEUE_URL),
    brakes: new DynamoBrakes(tables, state),
    knownBrakes: new KnownBrakes(),
    receipts: new DynamoReceiptStore(tables, ledger),
    proofs: new DynamoProofStore(tables, ledger),
    events: new EventBridgeEvents(eventClient(), jsonLog),
    deadAddresses: new DynamoDeadAddresses(tables, ledger, systemWait),
    metrics: new EmfMetrics(configuration.name),
    log: jsonLog,
  },
});
