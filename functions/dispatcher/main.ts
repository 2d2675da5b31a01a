import { counterClient, mailClient, queueClient, tableClient } from "../../shared/adapters/clients.ts";
import { DynamoAllowanceStore } from "../../shared/adapters/dynamo/allowance-store.ts";
import { DynamoCircuits } from "../../shared/adapters/dynamo/circuits.ts";
import { DynamoClaimStore } from "../../shared/adapters/dynamo/claim-store.ts";
import { DynamoDeadAddresses } from "../../shared/adapters/dynamo/dead-addresses.ts";
import { DynamoServiceClock } from "../../shared/adapters/dynamo/dynamo-service-clock.ts";
import { DynamoHeldMail } from "../../shared/adapters/dynamo/held-mail.ts";
import { DynamoProofStore } from "../../shared/adapters/dynamo/proof-store.ts";
import { DynamoReceiptStore } from "../../shared/adapters/dynamo/receipt-store.ts";
import { DynamoSendRates } from "../../shared/adapters/dynamo/send-rates.ts";
import { DynamoWalls } from "../../shared/adapters/dynamo/walls.ts";
import { EmfMetrics } from "../../shared/adapters/emf-metrics.ts";
import { jsonLog } from "../../shared/adapters/json-log.ts";
import { SesMailSender } from "../../shared/adapters/ses/ses-mail-sender.ts";
import { SqsMailQueue } from "../../shared/adapters/sqs/sqs-mail-queue.ts";
import { SqsQuarantine } from "../../shared/adapters/sqs/sqs-quarantine.ts";
import { SqsRedelivery } from "../../shared/adapters/sqs/sqs-redelivery.ts";
import { systemChance } from "../../shared/adapters/system-chance.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { systemWait } from "../../shared/adapters/system-wait.ts";
import { RecentCircuits } from "../../shared/app/dispatch/recent-circuits.ts";
import { SendPace } from "../../shared/app/dispatch/send-pace.ts";
import { Witnesses } from "../../shared/app/dispatch/witnesses.ts";
import { RecentWalls } from "../../shared/app/recent-walls.ts";
import { DispatcherEnvironment } from "../../shared/contracts/environment.ts";
import { poolsOf, streamsOf } from "../../shared/contracts/parse-configuration.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { deployedConfiguration } from "../configuration.ts";
import { makeHandler } from "./handler.ts";

const environment = DispatcherEnvironment.parse(process.env);
const configuration = deployedConfiguration();
const queues = queueClient();
const tables = tableClient();
const circuits = new RecentCircuits({
  circuits: new DynamoCircuits(tables, environment.STATE_TABLE),
  clock: systemClock,
  log: jsonLog,
});

export const handler = makeHandler({
  ports: {
    clock: systemClock,
    serviceClock: new DynamoServiceClock(tables, environment.STATE_TABLE),
    chance: systemChance,
    deadAddresses: new DynamoDeadAddresses(tables, environment.LEDGER_TABLE, systemWait),
    claims: new DynamoClaimStore(tables, environment.LEDGER_TABLE),
    receipts: new DynamoReceiptStore(tables, environment.LEDGER_TABLE),
    proofs: new DynamoProofStore(tables, environment.LEDGER_TABLE),
    allowances: new DynamoAllowanceStore({ counters: counterClient(), reads: tables }, environment.STATE_TABLE, {
      clock: systemClock,
      chance: systemChance,
      wait: systemWait,
    }),
    circuits,
    witnesses: new Witnesses(),
    pace: new SendPace(
      {
        clock: systemClock,
        wait: systemWait,
        rates: new DynamoSendRates(tables, environment.STATE_TABLE),
        circuits,
        log: jsonLog,
      },
      environment.MOST_SENDERS,
    ),
    walls: new RecentWalls({
      walls: new DynamoWalls(tables, environment.STATE_TABLE),
      clock: systemClock,
      log: jsonLog,
    }),
    sender: new SesMailSender(mailClient(), environment.SEND_TIMEOUT_MS, jsonLog),
    quarantine: new SqsQuarantine(queues, environment.QUARANTINE_QUEUE_URL),
    parking: new SqsMailQueue(queues, environment.PARKED_QUEUE_URL),
    held: new DynamoHeldMail(tables, environment.HELD_TABLE),
    metrics: new EmfMetrics(configuration.name),
    log: jsonLog,
  },
  settings: {
    streams: streamsOf(configuration),
    pools: poolsOf(configuration),
    providers: providerDirectory(configuration.mailboxProviders),
    sendTimeoutMs: environment.SEND_TIMEOUT_MS,
    sendConcurrency: environment.SEND_CONCURRENCY,
  },
  queues: { send: environment.SEND_QUEUE_URL, parked: environment.PARKED_QUEUE_URL },
  redelivery: new SqsRedelivery(queues),
});
