import { counterClient, tableClient } from "../../shared/adapters/clients.ts";
import { DynamoAudit } from "../../shared/adapters/dynamo/audit.ts";
import { DynamoLifeCycles } from "../../shared/adapters/dynamo/life-cycles.ts";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoProofStore } from "../../shared/adapters/dynamo/proof-store.ts";
import { DynamoReceiptStore } from "../../shared/adapters/dynamo/receipt-store.ts";
import { jsonLog } from "../../shared/adapters/json-log.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { FeedbackEnvironment } from "../../shared/contracts/environment.ts";
import { poolsOf } from "../../shared/contracts/parse-configuration.ts";
import { allowedIps } from "../../shared/domain/guard/outgoing-ip.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { deployedConfiguration } from "../configuration.ts";
import { makeHandler } from "./handler.ts";

const environment = FeedbackEnvironment.parse(process.env);
const tables = tableClient();

const configuration = deployedConfiguration();
const pools = poolsOf(configuration);

export const handler = makeHandler({
  providers: providerDirectory(configuration.mailboxProviders),
  outgoing: { pools: [...pools.keys()], allowed: allowedIps([...pools.values()]) },
  ports: {
    lifeCycles: new DynamoLifeCycles(tables, environment.STATE_TABLE),
    audit: new DynamoAudit(tables, environment.STATE_TABLE),
    clock: systemClock,
    outcomes: new DynamoOutcomeStore(counterClient(), environment.STATE_TABLE),
    receipts: new DynamoReceiptStore(tables, environment.LEDGER_TABLE),
    proofs: new DynamoProofStore(tables, environment.LEDGER_TABLE),
    log: jsonLog,
  },
});
