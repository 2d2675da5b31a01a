import { eventClient, mailControlClient, tableClient } from "../../shared/adapters/clients.ts";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoAudit } from "../../shared/adapters/dynamo/audit.ts";
import { DynamoBrakes } from "../../shared/adapters/dynamo/brake-record.ts";
import { DynamoServiceClock } from "../../shared/adapters/dynamo/dynamo-service-clock.ts";
import { DynamoLifeCycles } from "../../shared/adapters/dynamo/life-cycles.ts";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoProgress } from "../../shared/adapters/dynamo/progress.ts";
import { DynamoRampRecord } from "../../shared/adapters/dynamo/ramp-record.ts";
import { DynamoWalls } from "../../shared/adapters/dynamo/walls.ts";
import { EventBridgeEvents } from "../../shared/adapters/eventbridge/eventbridge-events.ts";
import { jsonLog } from "../../shared/adapters/json-log.ts";
import { paced } from "../../shared/adapters/ses/control-pace.ts";
import { SesDedicatedIps } from "../../shared/adapters/ses/ses-dedicated-ips.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { systemWait } from "../../shared/adapters/system-wait.ts";
import { RampEnvironment } from "../../shared/contracts/environment.ts";
import { poolsOf } from "../../shared/contracts/parse-configuration.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { deployedConfiguration } from "../configuration.ts";
import { makeHandler } from "./handler.ts";

const { STATE_TABLE: table } = RampEnvironment.parse(process.env);
const configuration = deployedConfiguration();
const tables = tableClient();

export const handler = makeHandler({
  settings: {
    pools: poolsOf(configuration),
    providers: providerDirectory(configuration.mailboxProviders).names,
  },
  ports: {
    clock: systemClock,
    serviceClock: new DynamoServiceClock(tables, table),
    lifeCycles: new DynamoLifeCycles(tables, table),
    progress: new DynamoProgress(tables, table),
    brakes: new DynamoBrakes(tables, table),
    audit: new DynamoAudit(tables, table),
    events: new EventBridgeEvents(eventClient(), jsonLog),
    allowances: new DynamoAllowanceLedger(tables, table, systemWait),
    outcomes: new DynamoOutcomeStore(tables, table),
    record: new DynamoRampRecord(tables, table),
    walls: new DynamoWalls(tables, table),
    ips: new SesDedicatedIps(paced(mailControlClient())),
    log: jsonLog,
  },
});
