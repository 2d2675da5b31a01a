import { eventClient, mailControlClient, tableClient } from "../../shared/adapters/clients.ts";
import { DynamoAudit } from "../../shared/adapters/dynamo/audit.ts";
import { DynamoServiceClock } from "../../shared/adapters/dynamo/dynamo-service-clock.ts";
import { DynamoLifeCycles } from "../../shared/adapters/dynamo/life-cycles.ts";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoSendRates } from "../../shared/adapters/dynamo/send-rates.ts";
import { EventBridgeEvents } from "../../shared/adapters/eventbridge/eventbridge-events.ts";
import { jsonLog } from "../../shared/adapters/json-log.ts";
import { paced } from "../../shared/adapters/ses/control-pace.ts";
import { SesDedicatedIps } from "../../shared/adapters/ses/ses-dedicated-ips.ts";
import { SesMailSettings } from "../../shared/adapters/ses/ses-mail-settings.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { RecentOutcomes } from "../../shared/app/recent-outcomes.ts";
import { GuardEnvironment } from "../../shared/contracts/environment.ts";
import { poolsOf } from "../../shared/contracts/parse-configuration.ts";
import { deployedConfiguration } from "../configuration.ts";
import { makeHandler } from "./handler.ts";

const { STATE_TABLE: table } = GuardEnvironment.parse(process.env);
const tables = tableClient();
const mail = paced(mailControlClient());

export const handler = makeHandler({
  pools: poolsOf(deployedConfiguration()),
  ports: {
    clock: systemClock,
    serviceClock: new DynamoServiceClock(tables, table),
    settings: new SesMailSettings(mail),
    ips: new SesDedicatedIps(mail),
    outcomes: new RecentOutcomes(new DynamoOutcomeStore(tables, table), systemClock),
    lifeCycles: new DynamoLifeCycles(tables, table),
    audit: new DynamoAudit(tables, table),
    events: new EventBridgeEvents(eventClient(), jsonLog),
    rates: new DynamoSendRates(tables, table),
    log: jsonLog,
  },
});
