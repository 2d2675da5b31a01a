import { eventClient, tableClient } from "../../shared/adapters/clients.ts";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoAudit } from "../../shared/adapters/dynamo/audit.ts";
import { DynamoBrakes } from "../../shared/adapters/dynamo/brake-record.ts";
import { DynamoServiceClock } from "../../shared/adapters/dynamo/dynamo-service-clock.ts";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoReferenceEvidence } from "../../shared/adapters/dynamo/reference-evidence.ts";
import { DynamoWalls } from "../../shared/adapters/dynamo/walls.ts";
import { EmfMetrics } from "../../shared/adapters/emf-metrics.ts";
import { EventBridgeEvents } from "../../shared/adapters/eventbridge/eventbridge-events.ts";
import { jsonLog } from "../../shared/adapters/json-log.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { systemWait } from "../../shared/adapters/system-wait.ts";
import { RecentOutcomes } from "../../shared/app/recent-outcomes.ts";
import { QualityEnvironment } from "../../shared/contracts/environment.ts";
import { poolsOf, streamsOf } from "../../shared/contracts/parse-configuration.ts";
import { deployedConfiguration } from "../configuration.ts";
import { makeHandler } from "./handler.ts";

const { STATE_TABLE: table } = QualityEnvironment.parse(process.env);
const configuration = deployedConfiguration();
const tables = tableClient();

export const handler = makeHandler({
  settings: { pools: poolsOf(configuration), streams: streamsOf(configuration) },
  ports: {
    clock: systemClock,
    serviceClock: new DynamoServiceClock(tables, table),
    outcomes: new RecentOutcomes(new DynamoOutcomeStore(tables, table), systemClock),
    walls: new DynamoWalls(tables, table),
    evidence: new DynamoReferenceEvidence(tables, table),
    allowances: new DynamoAllowanceLedger(tables, table, systemWait),
    brakes: new DynamoBrakes(tables, table),
    audit: new DynamoAudit(tables, table),
    events: new EventBridgeEvents(eventClient(), jsonLog),
    metrics: new EmfMetrics(configuration.name),
    log: jsonLog,
  },
});
