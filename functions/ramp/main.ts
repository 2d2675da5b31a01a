import { mailControlClient, tableClient } from "../../shared/adapters/clients.ts";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoRampRecord } from "../../shared/adapters/dynamo/ramp-record.ts";
import { jsonLog } from "../../shared/adapters/json-log.ts";
import { SesDedicatedIps } from "../../shared/adapters/ses/ses-dedicated-ips.ts";
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
    allowances: new DynamoAllowanceLedger(tables, table),
    outcomes: new DynamoOutcomeStore(tables, table),
    record: new DynamoRampRecord(tables, table),
    ips: new SesDedicatedIps(mailControlClient()),
    log: jsonLog,
  },
});
